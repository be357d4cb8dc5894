package dev.umpire.checkers.session;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.Collection;
import java.util.List;

/**
 * The four session guarantees in any combination, under one version order of each key.
 *
 * <p><b>Definition.</b> For one key and its version order, in session order: an own write stands at or before what a later read
 * returns (read-your-writes), what an earlier read returned at or before that (monotonic-reads), an own write before a later own
 * write (monotonic-writes), what a read returned before a later own write (writes-follow-reads). Source: Terry et al., PDIS 1994;
 * Viotti and Vukolić, ACM CSUR 2016. The last two alone cannot fail where the order is inferred and nobody compares and sets, as all that
 * they say runs forward in time: undecided there, unless what is combined with them has something to violate.
 *
 * <p>Across keys: an observation that shows a write w2 of one key returned, of another key that it reads, what the writer of w2
 * had written there before w2 (monotonic-writes) and what that writer had read there before w2 (writes-follow-reads), or something
 * newer. An observation is one operation that reads several keys; combined with monotonic-reads also a read with the reads of its
 * session before it. It shows, of a register, the write of the value that it returned, and of a list those of all elements.
 *
 * <p><b>Algorithm.</b> As {@link ReadYourWrites}, with the edges of all parts in one graph of each key. Across keys one more pass
 * over the reads, for each session that ever wrote: O(reads &times; sessions).
 *
 * <p><b>Witness.</b> As {@link ReadYourWrites} and {@link MonotonicReads}. Across keys the earlier write ({@code
 * EARLIER_WRITE_MISSING}) or read ({@code EARLIER_READ_MISSING}) of a session, its later write, the observation of that, and, if it
 * returned a value that is too old, the writes of both values.
 */
public final class SessionGuarantees {

    /** The names of the parts, in the order in which a combination is told. */
    public static final List<String> PARTS =
            List.of(ReadYourWrites.NAME, MonotonicReads.NAME, "monotonic-writes", "writes-follow-reads");

    private SessionGuarantees() {}

    /**
     * Judges all parts under one order.
     *
     * @param parts some of {@link #PARTS}, one or more
     */
    public static Verdict check(String name, Collection<String> parts, History history, CheckOptions options) {
        Bindings bindings = new Bindings(
                parts.contains(PARTS.get(0)),
                parts.contains(PARTS.get(1)),
                parts.contains(PARTS.get(2)),
                parts.contains(PARTS.get(3)));
        String vacuous = bindings.ownWrites() || bindings.ownReads()
                ? "nothing that a session did to a key came after something else that it did there"
                : "no recorded order says which of two writes that a session bound is older, no observation of several keys"
                        + " shows a later one, and else, under an inferred order, " + name
                        + " cannot fail without a cas";
        return new SessionCheck(name, bindings, history, options)
                .verdict(vacuous + ": nothing could have been violated");
    }
}
