package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.EdgeSink;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The case in which the store reported the position of every write: the order of all writes is known, and only has to be
 * compared with what was seen.
 */
final class PositionOrder {
    private PositionOrder() {}

    /** Whether every write has a position of its own and their order explains everything. Linear, positions sorted. */
    static boolean explains(Recorded recorded, VersionOrders versions) {
        return isKnown(recorded, versions)
                && contradictions(recorded, versions).isEmpty()
                && extendHappensBefore(recorded, versions);
    }

    /** Whether every write has a position of its own. */
    static boolean isKnown(Recorded recorded, VersionOrders versions) {
        for (int write = 0; write < recorded.writes; write++) {
            if (!versions.hasPosition(write)) {
                return false;
            }
        }
        return recorded.writes > 0 && areDistinct(versions);
    }

    private static boolean areDistinct(VersionOrders versions) {
        long[] marks = versions.marks();
        Arrays.sort(marks);
        for (int i = 1; i < marks.length; i++) {
            if (marks[i] == marks[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The observations that no prefix of the known order explains, each with what shows it: for a snapshot a write that it
     * saw, the write that replaced another one that it saw, and that one; for a cas what it read and what came next.
     */
    static List<int[]> contradictions(Recorded recorded, VersionOrders versions) {
        List<int[]> found = new ArrayList<>();
        for (int i : recorded.snapshots) {
            int latest = -1;
            int replaced = -1;
            int replacing = -1;
            for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
                int seen = recorded.entryWrite[entry];
                if (seen == Recorded.LEFT_OUT) {
                    continue;
                }
                int next = seen == Recorded.INITIAL ? versions.first(recorded.entryKey(i, entry)) : versions.next(seen);
                if (seen >= 0 && (latest < 0 || versions.mark(seen) > versions.mark(latest))) {
                    latest = seen;
                }
                if (next >= 0 && (replacing < 0 || versions.mark(next) < versions.mark(replacing))) {
                    replacing = next;
                    replaced = seen;
                }
            }
            if (latest >= 0 && replacing >= 0 && versions.mark(latest) >= versions.mark(replacing)) {
                found.add(operations(recorded, recorded.operation(i), latest, replacing, replaced));
            }
        }
        for (int write = 0; write < recorded.writes; write++) {
            int seen = recorded.casRead[write];
            if (seen != Recorded.NO_CAS) {
                int next = seen == Recorded.INITIAL ? versions.first(recorded.writeKey[write]) : versions.next(seen);
                if (next != write) {
                    found.add(operations(recorded, recorded.writeOperation[write], seen, next, -1));
                }
            }
        }
        return found;
    }

    private static int[] operations(Recorded recorded, int observer, int... writes) {
        int[] operations = new int[writes.length + 1];
        int count = 0;
        operations[count++] = observer;
        for (int write : writes) {
            if (write >= 0) {
                operations[count++] = recorded.writeOperation[write];
            }
        }
        return Arrays.stream(operations, 0, count).distinct().sorted().toArray();
    }

    /** A fold hands on the largest position that it was given. */
    private static boolean extendHappensBefore(Recorded recorded, VersionOrders versions) {
        LatestPositions latest = new LatestPositions(versions, recorded.writes);
        new HappensBefore(recorded).tell(recorded.writes, latest);
        return latest.extended;
    }

    private static final class LatestPositions implements EdgeSink {
        private final VersionOrders versions;
        private final int writes;
        private long[] ofFold = new long[16];
        private boolean extended = true;

        LatestPositions(VersionOrders versions, int writes) {
            this.versions = versions;
            this.writes = writes;
            Arrays.fill(ofFold, History.ABSENT);
        }

        @Override
        public void add(int before, int after) {
            long from = before < writes ? versions.mark(before) : ofFold[before - writes];
            if (after < writes) {
                extended &= from < versions.mark(after);
                return;
            }
            int fold = after - writes;
            if (fold >= ofFold.length) {
                int length = ofFold.length;
                ofFold = Arrays.copyOf(ofFold, 2 * fold);
                Arrays.fill(ofFold, length, ofFold.length, History.ABSENT);
            }
            ofFold[fold] = Math.max(ofFold[fold], from);
        }
    }
}
