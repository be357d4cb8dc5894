package dev.umpire.checkers.prefix;

import dev.umpire.histories.History;
import java.util.Arrays;

/**
 * The case in which the store reported the position of every write: the order of all writes is known, and only has to be
 * compared with what was seen.
 */
final class PositionOrder {
    private PositionOrder() {}

    /** Whether every write has a position of its own and their order explains everything. Linear, positions sorted. */
    static boolean explains(Recorded recorded, VersionOrders versions) {
        for (int write = 0; write < recorded.writes; write++) {
            if (!versions.hasPosition(write)) {
                return false;
            }
        }
        return recorded.writes > 0
                && areDistinct(versions)
                && explainSights(recorded, versions)
                && extendHappensBefore(recorded, versions);
    }

    private static boolean areDistinct(VersionOrders versions) {
        long[] marks = versions.mark.clone();
        Arrays.sort(marks);
        for (int i = 1; i < marks.length; i++) {
            if (marks[i] == marks[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private static boolean explainSights(Recorded recorded, VersionOrders versions) {
        for (int i : recorded.snapshots) {
            long from = Long.MIN_VALUE;
            long to = Long.MAX_VALUE;
            for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
                int seen = recorded.entryWrite[entry];
                if (seen == Recorded.LEFT_OUT) {
                    continue;
                }
                int next = seen == Recorded.INITIAL ? versions.first(recorded.entryKey(i, entry)) : versions.next(seen);
                from = Math.max(from, seen == Recorded.INITIAL ? Long.MIN_VALUE : versions.mark[seen]);
                to = Math.min(to, next < 0 ? Long.MAX_VALUE : versions.mark[next]);
            }
            if (from >= to) {
                return false;
            }
        }
        for (int write = 0; write < recorded.writes; write++) {
            int seen = recorded.casRead[write];
            if (seen != Recorded.NO_CAS) {
                int next = seen == Recorded.INITIAL ? versions.first(recorded.writeKey[write]) : versions.next(seen);
                if (next != write) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A fold hands on the largest position that it was given. */
    private static boolean extendHappensBefore(Recorded recorded, VersionOrders versions) {
        HappensBefore order = new HappensBefore(recorded, Timeline.of(recorded), recorded.writes);
        long[] latest = new long[order.nodes];
        Arrays.fill(latest, History.ABSENT);
        System.arraycopy(versions.mark, 0, latest, 0, recorded.writes);
        for (int i = 0; i < order.edges.size(); i++) {
            int from = order.edges.from(i);
            int to = order.edges.to(i);
            if (to >= recorded.writes) {
                latest[to] = Math.max(latest[to], latest[from]);
            } else if (latest[from] >= latest[to]) {
                return false;
            }
        }
        return true;
    }
}
