package dev.umpire.checkers.prefix;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;

/**
 * The events of some operations in the order of the recording, each as {@code 2 * i} for the invocation and
 * {@code 2 * i + 1} for the OK completion of the {@code i}-th operation.
 */
final class Timeline {
    private Timeline() {}

    static int[] of(Recorded recorded) {
        History history = recorded.history;
        int size = recorded.operations.length;
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += history.outcome(recorded.operations[i]) == Outcome.OK ? 2 : 1;
        }
        int[] timeline = new int[count];
        if (history.eventCount() > 16L * count + 1024) {
            long[] keys = new long[count];
            for (int i = 0, k = 0; i < size; i++) {
                int operation = recorded.operations[i];
                keys[k++] = ((long) history.invoked(operation) << 32) | (2L * i);
                if (history.outcome(operation) == Outcome.OK) {
                    keys[k++] = ((long) history.completed(operation) << 32) | (2L * i + 1);
                }
            }
            Arrays.sort(keys);
            Arrays.setAll(timeline, k -> (int) keys[k]);
            return timeline;
        }
        int[] at = new int[history.eventCount()];
        for (int i = 0; i < size; i++) {
            int operation = recorded.operations[i];
            at[history.invoked(operation)] = 2 * i + 1;
            if (history.outcome(operation) == Outcome.OK) {
                at[history.completed(operation)] = 2 * i + 2;
            }
        }
        int k = 0;
        for (int code : at) {
            if (code != 0) {
                timeline[k++] = code - 1;
            }
        }
        return timeline;
    }
}
