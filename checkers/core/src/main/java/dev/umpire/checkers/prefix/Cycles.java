package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import java.util.Arrays;

/** Short cycles through given nodes of a graph, by breadth-first search within the node's component. */
final class Cycles {
    private final Digraph graph;
    private final Components components;
    private final int[] cameFrom;
    private final int[] seenIn;
    private final int[] queue;
    private int search;
    private long visits;

    Cycles(Digraph graph, Components components) {
        this.graph = graph;
        this.components = components;
        cameFrom = new int[graph.size()];
        seenIn = new int[graph.size()];
        queue = new int[graph.size()];
    }

    /** How many nodes all searches together have visited. */
    long visits() {
        return visits;
    }

    /**
     * A shortest cycle through a node, beginning with it; empty if none was found.
     *
     * @param mostVisits how many nodes to look at
     * @param avoidFrom with {@code avoidTo}, exclusive: nodes through which the cycle does not lead, beside the first
     */
    int[] through(int node, int mostVisits, int avoidFrom, int avoidTo) {
        search++;
        int head = 0;
        int tail = 0;
        queue[tail++] = node;
        seenIn[node] = search;
        while (head < tail && head < mostVisits) {
            int at = queue[head++];
            visits++;
            for (int slot = graph.firstSlot(at); slot < graph.firstSlot(at + 1); slot++) {
                int next = graph.successor(slot);
                if (next == node) {
                    return path(node, at);
                }
                if (seenIn[next] != search
                        && components.of(next) == components.of(node)
                        && (next < avoidFrom || next >= avoidTo)) {
                    seenIn[next] = search;
                    cameFrom[next] = at;
                    queue[tail++] = next;
                }
            }
        }
        return new int[0];
    }

    private int[] path(int first, int last) {
        int length = 1;
        for (int at = last; at != first; at = cameFrom[at]) {
            length++;
        }
        int[] path = new int[length];
        int at = last;
        for (int i = length - 1; i > 0; i--) {
            path[i] = at;
            at = cameFrom[at];
        }
        path[0] = first;
        return Arrays.copyOf(path, length);
    }
}
