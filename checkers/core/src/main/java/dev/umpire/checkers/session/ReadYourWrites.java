package dev.umpire.checkers.session;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;

/**
 * Read your writes: a session sees its own acknowledged writes, or newer ones.
 *
 * <p><b>Definition.</b> For one key and its version order: an OK write w before an OK read r in session order implies that
 * what r returned is w's value or a newer one. Source: Terry et al., <i>Session Guarantees for Weakly Consistent
 * Replicated Data</i>, PDIS 1994; Viotti and Vukolić, <i>Consistency in Non-Transactional Distributed Storage
 * Systems</i>, ACM CSUR 2016. Session order is "completed before invoked"; the operations of a session may overlap. Where
 * the version order is not reported, the guarantee is kept if some order keeps both it and the assumption.
 *
 * <p>Where reads returned siblings, a newer value is one that was written by somebody who knew of the older one, whatever
 * the write order assumption: {@code SiblingSweep}.
 *
 * <p><b>Algorithm.</b> One pass over all keys that finds those on which it plainly holds, O(n). For each of the others one pass
 * for each session that knows the newest own write: the read is flagged if it
 * returned the initial value, or a value that the source of order puts before that write. Then edges from own writes to
 * what was read, on top of the edges of the assumption; a strongly connected component is a violation. O(n) for sessions
 * whose operations do not overlap, else O(n log n).
 *
 * <p><b>Witness.</b> Own write and read ({@code OWN_WRITE_MISSING}); with the write of what was read between them
 * ({@code STALE_OWN_READ}); or the operations of a shortest cycle ({@code CONTRADICTORY_ORDER}, {@code CONTRADICTORY_CAS}).
 */
public final class ReadYourWrites {

    /** As on the command line. */
    public static final String NAME = "read-your-writes";

    private ReadYourWrites() {}

    public static Verdict check(History history, CheckOptions options) {
        return new SessionCheck(NAME, new Bindings(true, false), history, options)
                .verdict("no read of a key came after an acknowledged write of it in the same session:"
                        + " nothing could have been violated");
    }
}
