package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The operations around an anomaly that are worth drawing: those that overlap its witness in time and share a key or a
 * session with it, and of those the ones nearest to a witness operation.
 *
 * @param operations their numbers, in the order of invocation; the witness is among them
 * @param leftOut how many others overlap the witness in time
 */
record Surrounding(List<Integer> operations, int leftOut) {
    private static final int MOST = 120;
    /** Events before and after the witness that still belong to the picture. */
    private static final int MARGIN = 12;

    static Surrounding of(History history, Anomaly anomaly) {
        int from = Integer.MAX_VALUE;
        int to = 0;
        Set<Integer> sessions = new HashSet<>();
        Set<Integer> keys = new HashSet<>();
        for (int operation : anomaly.operations()) {
            from = Math.min(from, history.invoked(operation));
            to = Math.max(to, end(history, operation));
            sessions.add(history.session(operation));
            keys.add(history.key(operation));
        }
        from = Math.max(0, from - MARGIN);
        to = to + MARGIN;
        int overlapping = 0;
        List<Integer> related = new ArrayList<>();
        for (int operation = 0; operation < history.size() && history.invoked(operation) <= to; operation++) {
            if (end(history, operation) >= from) {
                overlapping++;
                if (keys.contains(history.key(operation)) || sessions.contains(history.session(operation))) {
                    related.add(operation);
                }
            }
        }
        SortedSet<Integer> chosen = new TreeSet<>(anomaly.operations());
        related.sort((a, b) -> Integer.compare(distance(history, anomaly, a), distance(history, anomaly, b)));
        for (int operation : related) {
            if (chosen.size() >= Math.max(MOST, anomaly.operations().size())) {
                break;
            }
            chosen.add(operation);
        }
        return new Surrounding(List.copyOf(chosen), Math.max(0, overlapping - chosen.size()));
    }

    /** The last position at which the operation is known to run; of one without an end, its invocation. */
    static int end(History history, int operation) {
        int ended = history.ended(operation);
        return ended == History.NEVER ? history.invoked(operation) : ended;
    }

    private static int distance(History history, Anomaly anomaly, int operation) {
        int nearest = Integer.MAX_VALUE;
        for (int witness : anomaly.operations()) {
            nearest = Math.min(nearest, Math.abs(history.invoked(witness) - history.invoked(operation)));
        }
        return nearest;
    }
}
