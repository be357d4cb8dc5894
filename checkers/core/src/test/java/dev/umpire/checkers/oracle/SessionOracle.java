package dev.umpire.checkers.oracle;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.WriteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Read-your-writes and monotonic-reads by trying every version order of every key.
 *
 * <p>The condition: for every pair of operations that the guarantee binds, what the first wrote or read stands at or
 * before what the second read.
 */
public enum SessionOracle {
    READ_YOUR_WRITES(true, false),
    MONOTONIC_READS(false, true),
    /** Both under one version order. */
    READ_YOUR_WRITES_AND_MONOTONIC_READS(true, true);

    private final boolean bindsWrites;
    private final boolean bindsReads;

    SessionOracle(boolean bindsWrites, boolean bindsReads) {
        this.bindsWrites = bindsWrites;
        this.bindsReads = bindsReads;
    }

    /** What the guarantee's definition says about the history. */
    public Answer judge(SmallHistory history, WriteOrder assumption) {
        Answer answer = Answer.VALID;
        boolean obliged = false;
        for (int key = 0; key < history.keyCount(); key++) {
            List<int[]> pairs = new ArrayList<>();
            VersionOrders orders = new VersionOrders(history, key);
            int k = key;
            if (bindsWrites) {
                collect(history, pairs, (a, b) -> a.isOk() && a.writes(k) && orders.goodRead(b), k, true);
            }
            if (bindsReads) {
                collect(history, pairs, (a, b) -> orders.goodRead(a) && orders.goodRead(b), k, false);
            }
            if (pairs.isEmpty()) {
                continue;
            }
            obliged = true;
            boolean holds = orders.exists(
                    assumption,
                    true,
                    order -> pairs.stream().allMatch(pair -> order.indexOf(pair[0]) <= order.indexOf(pair[1])));
            answer = answer.and(holds ? Answer.VALID : Answer.INVALID);
        }
        return obliged ? answer : Answer.UNKNOWN;
    }

    private static void collect(
            SmallHistory history,
            List<int[]> pairs,
            BiPredicate<SmallOperation, SmallOperation> binds,
            int key,
            boolean written) {
        for (SmallOperation a : history.operations()) {
            for (SmallOperation b : history.operations()) {
                if (a.sessionBefore(b) && binds.test(a, b)) {
                    pairs.add(new int[] {written ? a.written() : a.readOf(key), b.readOf(key)});
                }
            }
        }
    }
}
