package dev.umpire.checkers.prefix;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;

/**
 * Monotonic prefix: what a session sees are states through which the store went, and it never goes back to an earlier one.
 *
 * <p><b>Definition.</b> As {@link ConsistentPrefix}, with one order T of all writes in which each observation (an OK read,
 * of one key too, a snapshot, a cas) has a place: the length of a prefix after which the state is what it saw, for a cas
 * that immediately before its own write. Of two observations of a session of which the first was completed before the
 * second was invoked, the second has not the smaller place. Nothing is promised about a session's own writes. Source:
 * Terry, <i>Replicated Data Consistency Explained Through Baseball</i>, CACM 2013 (monotonic reads and consistent prefix
 * together).
 *
 * <p><b>Algorithm.</b> With reported positions T is known, and each value that was seen held over an interval of places:
 * each observation gets the first place in its interval that is not before those that its session had reached; this is
 * exact, since a larger place never helps a later one. O(n). Without them the same is tried with the order of first
 * proofs; where that does not explain everything, each observation is a node of the graph of {@link ConsistentPrefix}, and
 * comes before the next ones of its session. A read that returns again what an own cas had replaced stands where the cas
 * stands ({@code SqueezedReads}).
 *
 * <p><b>Witness.</b> {@code PREFIX_WENT_BACK}: two observations of a session, what the first shows, and what the second
 * lacks; else as for {@link ConsistentPrefix}.
 */
public final class MonotonicPrefix {
    private MonotonicPrefix() {}

    /** Judges the history; a {@link dev.umpire.checkers.verdict.Checker}. */
    public static Verdict check(History history, CheckOptions options) {
        return Judgement.check(history, options, Promise.MONOTONIC);
    }
}
