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
 * <p>What they say of one observation of several keys is not judged: a history with such observations is undecided, unless it
 * is broken.
 *
 * <p><b>Algorithm and witness.</b> As {@link ReadYourWrites}, with the edges of all parts in one graph of each key.
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
                : "no recorded order says which of two writes that a session bound is older, and under an inferred order "
                        + name + " cannot fail without a cas";
        return new SessionCheck(name, bindings, history, options)
                .verdict(vacuous + ": nothing could have been violated");
    }
}
