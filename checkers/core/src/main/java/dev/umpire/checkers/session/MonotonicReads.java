package dev.umpire.checkers.session;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;

/**
 * Monotonic reads: a session never sees a key go back in time.
 *
 * <p><b>Definition.</b> For one key and its version order: an OK read r1 before an OK read r2 in session order implies that
 * r2 returned what r1 returned, or a newer value. Source: Terry et al., <i>Session Guarantees for Weakly Consistent
 * Replicated Data</i>, PDIS 1994; Viotti and Vukolić, ACM CSUR 2016. Session order and sources of the version order as in
 * {@link ReadYourWrites}.
 *
 * <p>Where reads returned siblings, a newer value is one that was written by somebody who knew of the older one, whatever
 * the write order assumption: {@code SiblingSweep}.
 *
 * <p><b>Algorithm.</b> One pass over all keys that finds those on which it plainly holds, O(n). For each of the others one pass
 * for each session that knows the newest value seen: the read is flagged if it
 * returned the initial value after another, a value that the source of order puts before the newest one, or a value that
 * another one has followed in this session already. Then edges from what was read to what was read later; a strongly
 * connected component is a violation. O(n) for sessions whose operations do not overlap, else O(n log n).
 *
 * <p><b>Witness.</b> The two reads ({@code BACK_TO_INITIAL}, {@code SIBLING_MISSING}); with the writes of both values ({@code
 * BACK_IN_TIME}); three reads ({@code BACK_AND_FORTH}); or the operations of a shortest cycle ({@code CONTRADICTORY_ORDER}, {@code
 * CONTRADICTORY_CAS}).
 */
public final class MonotonicReads {

    /** As on the command line. */
    public static final String NAME = "monotonic-reads";

    private MonotonicReads() {}

    public static Verdict check(History history, CheckOptions options) {
        return new SessionCheck(NAME, new Bindings(false, true), history, options)
                .verdict("no read of a key came after another read of it in the same session:"
                        + " nothing could have been violated");
    }
}
