package dev.umpire.harness.report;

import dev.umpire.histories.History;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How far the replica that answered was behind: from the newest position of the store's order that any client had been shown
 * before the operation was asked to the one that the replica stood at, in what positions count. A lower bound, as clients are
 * not shown all: where no change tells its position, replicas are measured against each other alone, and one that alone tells where
 * it stands looks level.
 */
final class ReplicationLag {
    private ReplicationLag() {}

    /** Is told of each operation whose replica said where it stood. */
    @FunctionalInterface
    interface Listener {
        void behind(int operation, long positions);
    }

    /** One sweep over the operations, in the order of their invocations. */
    static void measure(History history, Listener listener) {
        int[] byCompletion = IntStream.range(0, history.size())
                .filter(operation -> shown(history, operation) != History.ABSENT)
                .boxed()
                .sorted(Comparator.comparingInt(history::completed))
                .mapToInt(Integer::intValue)
                .toArray();
        long newest = History.ABSENT;
        int at = 0;
        for (int operation = 0; operation < history.size(); operation++) {
            while (at < byCompletion.length && history.completed(byCompletion[at]) < history.invoked(operation)) {
                newest = Math.max(newest, shown(history, byCompletion[at++]));
            }
            long stoodAt = history.asOf(operation);
            if (stoodAt != History.ABSENT) {
                listener.behind(operation, Math.max(newest, stoodAt) - stoodAt);
            }
        }
    }

    private static long shown(History history, int operation) {
        return Math.max(history.asOf(operation), history.position(operation));
    }
}
