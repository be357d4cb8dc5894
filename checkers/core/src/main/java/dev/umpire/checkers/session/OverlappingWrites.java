package dev.umpire.checkers.session;

import dev.umpire.histories.History;
import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * Writes that overlap in time and must stand in a certain order nevertheless.
 *
 * <p>All writes of a key have an order that keeps to real time and to these bonds if and only if each can be given a moment between
 * its invocation and its completion so that of two that are bound the first has the earlier one: moments tell an order, and in an
 * order each write takes the latest invocation so far as its moment. The earliest moment of a write is the latest invocation among
 * itself and all that is bound before it; there is none where a bond leads back, or where it lies behind the completion. O(bonds).
 */
final class OverlappingWrites {
    private static final int NONE = -1;

    private final History history;
    private final IntArrayList firsts = new IntArrayList();
    private final IntArrayList seconds = new IntArrayList();

    OverlappingWrites(History history) {
        this.history = history;
    }

    /** Of two writes that overlap the first stands before the second. */
    void order(int first, int second) {
        int last = firsts.size() - 1;
        if (last < 0 || firsts.getInt(last) != first || seconds.getInt(last) != second) {
            firsts.addInt(first);
            seconds.addInt(second);
        }
    }

    /** Writes that can stand nowhere; at least one of every key whose writes have no order. */
    int[] misplaced() {
        int bonds = firsts.size();
        if (bonds == 0) {
            return new int[0];
        }
        int[] nodeOf = new int[history.size()];
        int[] writes = new int[2 * bonds];
        int nodes = 0;
        for (int i = 0; i < 2 * bonds; i++) {
            int write = i < bonds ? firsts.getInt(i) : seconds.getInt(i - bonds);
            if (nodeOf[write] == 0) {
                writes[nodes++] = write;
                nodeOf[write] = nodes;
            }
        }
        int[] start = new int[nodes + 1];
        int[] open = new int[nodes];
        for (int i = 0; i < bonds; i++) {
            start[nodeOf[firsts.getInt(i)]]++;
            open[nodeOf[seconds.getInt(i)] - 1]++;
        }
        for (int node = 0; node < nodes; node++) {
            start[node + 1] += start[node];
        }
        int[] target = new int[bonds];
        int[] next = Arrays.copyOf(start, nodes);
        for (int i = 0; i < bonds; i++) {
            target[next[nodeOf[firsts.getInt(i)] - 1]++] = nodeOf[seconds.getInt(i)] - 1;
        }
        return misplaced(writes, nodes, start, target, open);
    }

    private int[] misplaced(int[] writes, int nodes, int[] start, int[] target, int[] open) {
        int[] earliest = new int[nodes];
        int[] ready = new int[nodes];
        int known = 0;
        for (int node = 0; node < nodes; node++) {
            earliest[node] = history.invoked(writes[node]);
            if (open[node] == 0) {
                ready[known++] = node;
            }
        }
        IntArrayList misplaced = new IntArrayList();
        for (int done = 0; done < known; done++) {
            int node = ready[done];
            open[node] = NONE;
            if (earliest[node] > history.completed(writes[node])) {
                misplaced.addInt(writes[node]);
            }
            for (int at = start[node]; at < start[node + 1]; at++) {
                int behind = target[at];
                earliest[behind] = Math.max(earliest[behind], earliest[node]);
                if (--open[behind] == 0) {
                    ready[known++] = behind;
                }
            }
        }
        for (int node = 0; node < nodes; node++) {
            if (open[node] != NONE) {
                misplaced.addInt(writes[node]);
            }
        }
        return misplaced.toIntArray();
    }
}
