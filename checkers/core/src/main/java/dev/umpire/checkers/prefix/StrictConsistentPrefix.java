package dev.umpire.checkers.prefix;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;

/**
 * Strict consistent prefix, for stores that claim a single commit order: what a reader sees is a state through which the
 * store went, and the store took in writes in real time.
 *
 * <p><b>Definition.</b> As {@link ConsistentPrefix}, and the order T of all writes also extends real time over all keys: an
 * acknowledged write stands before every write that was invoked after its acknowledgement. Reads may be as old as they
 * like. Real time is part of the promise, so that the write order assumption says nothing more, whatever it is. Reported
 * positions or versions that contradict it are a violation.
 *
 * <p><b>Algorithm.</b> As {@link ConsistentPrefix}; real time takes O(n) edges, through one node for each time at which a
 * write begins after others ended. Reported positions are compared with real time in one pass.
 *
 * <p><b>Witness.</b> As for {@link ConsistentPrefix}; {@code ORDER_AGAINST_TIME} is two writes whose reported order is not
 * that of time.
 */
public final class StrictConsistentPrefix {
    private StrictConsistentPrefix() {}

    /** Judges the history; a {@link dev.umpire.checkers.verdict.Checker}. */
    public static Verdict check(History history, CheckOptions options) {
        return Judgement.check(history, options, Promise.STRICT);
    }
}
