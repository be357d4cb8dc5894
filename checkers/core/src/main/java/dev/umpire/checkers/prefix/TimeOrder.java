package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import java.util.Arrays;

/**
 * A topological order of the guessed graph that stays close to time, so that what concerns each other stands close
 * together: each component stands where the latest proof of what must have happened before it stands.
 */
final class TimeOrder {
    private TimeOrder() {}

    /** All nodes; every edge between components leads forward, and a component stands together. */
    static int[] of(PrefixGraph graph, Digraph guessed, Components components) {
        int[] order = components.topologicalOrder();
        int count = components.count();
        int[] proof = new int[count];
        long[] keys = new long[count];
        int[] start = new int[count];
        int rank = 0;
        for (int from = 0; from < order.length; rank++) {
            int component = components.of(order[from]);
            int to = from + components.size(component);
            for (int at = from; at < to; at++) {
                if (order[at] < graph.recorded.writes) {
                    proof[component] = Math.max(proof[component], graph.recorded.evidence[order[at]]);
                }
            }
            for (int at = from; at < to; at++) {
                for (int slot = guessed.firstSlot(order[at]); slot < guessed.firstSlot(order[at] + 1); slot++) {
                    int later = components.of(guessed.successor(slot));
                    proof[later] = Math.max(proof[later], proof[component]);
                }
            }
            keys[rank] = ((long) proof[component] << 32) | rank;
            start[rank] = from;
            from = to;
        }
        Arrays.sort(keys);
        int[] byTime = new int[order.length];
        int filled = 0;
        for (long key : keys) {
            int from = start[(int) key];
            int size = components.size(components.of(order[from]));
            System.arraycopy(order, from, byTime, filled, size);
            filled += size;
        }
        return byTime;
    }
}
