package dev.umpire.checkers.prefix;

import java.util.Arrays;

/**
 * All writes by the first event that proves that they had taken effect: their acknowledgement, or the first read that
 * returned them. Without cas this order extends happens-before and the real-time order of each key's writes: what comes
 * later in either was invoked after the earlier one was proven.
 *
 * <p>A cas proves at its end, or when it is seen itself, that what it read had taken effect; of equal proofs the start of
 * a chain of cas comes first.
 */
final class Evidence {
    private Evidence() {}

    /** The writes in that order; sharpens {@link Recorded#evidence} along chains of cas. */
    static int[] order(Recorded recorded) {
        int[] sequence = byDepth(recorded);
        long[] keys = new long[sequence.length];
        for (int i = 0; i < sequence.length; i++) {
            keys[i] = ((long) recorded.evidence[sequence[i]] << 32) | i;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            order[i] = sequence[(int) keys[i]];
        }
        return order;
    }

    /** The writes by the length of the chain of cas that leads to them; in their own order where it is equal. */
    private static int[] byDepth(Recorded recorded) {
        int writes = recorded.writes;
        int[] sequence = new int[writes];
        Arrays.setAll(sequence, write -> write);
        int[] depth = new int[writes];
        int deepest = 0;
        int[] chain = new int[writes];
        for (int write = 0; write < writes; write++) {
            int length = 0;
            int at = write;
            // a chain that bites its tail ends there: it is a contradiction that the graph will find
            while (at >= 0 && recorded.casRead[at] >= 0 && depth[at] == 0 && length < writes) {
                depth[at] = -1;
                chain[length++] = at;
                at = recorded.casRead[at];
                if (depth[at] < 0) {
                    break;
                }
            }
            int base = at >= 0 ? Math.max(0, depth[at]) : 0;
            while (length > 0) {
                depth[chain[--length]] = ++base;
                deepest = Math.max(deepest, base);
            }
        }
        if (deepest == 0) {
            return sequence;
        }
        int[] start = new int[deepest + 2];
        for (int write = 0; write < writes; write++) {
            start[depth[write] + 1]++;
        }
        for (int d = 0; d <= deepest; d++) {
            start[d + 1] += start[d];
        }
        for (int write = 0; write < writes; write++) {
            sequence[start[depth[write]]++] = write;
        }
        for (int i = writes - 1; i >= 0; i--) {
            int read = recorded.casRead[sequence[i]];
            if (read >= 0) {
                recorded.evidence[read] = Math.min(recorded.evidence[read], recorded.evidence[sequence[i]]);
            }
        }
        return sequence;
    }
}
