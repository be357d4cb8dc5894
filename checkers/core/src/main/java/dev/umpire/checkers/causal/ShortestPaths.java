package dev.umpire.checkers.causal;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.agrona.collections.IntArrayList;

/** Short cycles of a graph, and short chains of causes, by breadth-first search. */
final class ShortestPaths {
    /** From how many nodes of a component a cycle is looked for. */
    private static final int STARTS = 32;

    private final Nodes nodes;
    /** The nodes of each session, by their completion; those that completed. */
    private final int[] bySession;

    private final int[] sessionStart;
    private final int[] next;
    private final int[] opened;
    private int search;
    private long work;

    ShortestPaths(Nodes nodes) {
        this.nodes = nodes;
        int sessions = nodes.history.sessionCount();
        sessionStart = new int[sessions + 1];
        long[] keyed = new long[nodes.size];
        int count = 0;
        for (int v = 0; v < nodes.size; v++) {
            if (nodes.isAcknowledged(v)) {
                keyed[count++] = ((long) nodes.completed(v) << 32) | v;
                sessionStart[nodes.session(v) + 1]++;
            }
        }
        Arrays.sort(keyed, 0, count);
        for (int s = 0; s < sessions; s++) {
            sessionStart[s + 1] += sessionStart[s];
        }
        int[] put = sessionStart.clone();
        bySession = new int[count];
        for (int i = 0; i < count; i++) {
            int v = (int) keyed[i];
            bySession[put[nodes.session(v)]++] = v;
        }
        next = new int[2 * nodes.size];
        opened = new int[2 * nodes.size];
    }

    /** A shortest chain of causes from one node to another, both included; empty if there is none. */
    int[] chain(int from, int to) {
        return search(from, History.NONE, to);
    }

    /**
     * A shortest chain of causes to a read from what it should not have passed by: from the write that it returned through
     * another write of the key, or, if it returned the initial value, from any write of the key.
     *
     * @param source the write that was returned, or {@link Nodes#INITIAL}
     */
    int[] chainThroughWrite(int source, int key, int reader) {
        return search(source, key, reader);
    }

    /** How many nodes were looked at by all searches. */
    long work() {
        return work;
    }

    /** Backward; a node beyond the write that the chain must lead through is numbered by its number plus the size. */
    private int[] search(int from, int key, int to) {
        search++;
        int beyond = nodes.size;
        int[][] expanded = {sessionStart.clone(), sessionStart.clone()};
        IntArrayList queue = new IntArrayList();
        int start = key == History.NONE ? beyond + to : to;
        opened[start] = search;
        queue.addInt(start);
        for (int head = 0; head < queue.size(); head++) {
            int state = queue.getInt(head);
            int layer = state / beyond;
            int at = state % beyond;
            if (layer == 1 && (at == from || (from < 0 && at != to))) {
                return path(state, start);
            }
            for (int r = nodes.readStart[at]; r < nodes.readStart[at + 1]; r++) {
                open(nodes.readSource[r], from, key, state, queue);
            }
            int session = nodes.session(at);
            while (expanded[layer][session] < sessionStart[session + 1]
                    && nodes.completed(bySession[expanded[layer][session]]) < nodes.invoked(at)) {
                open(bySession[expanded[layer][session]++], from, key, state, queue);
            }
        }
        return new int[0];
    }

    private int[] path(int end, int start) {
        IntArrayList path = new IntArrayList();
        for (int at = end; at != start; at = next[at]) {
            path.addInt(at % nodes.size);
        }
        path.addInt(start % nodes.size);
        return path.toIntArray();
    }

    private void open(int node, int from, int key, int fromState, IntArrayList queue) {
        if (node < 0) {
            return;
        }
        boolean turns = fromState < nodes.size && node != from && nodes.writes(node, key);
        int state = fromState >= nodes.size || turns ? nodes.size + node : node;
        if (opened[state] != search) {
            work++;
            opened[state] = search;
            next[state] = fromState;
            queue.addInt(state);
        }
    }

    /** A short cycle of a graph that has one. */
    static int[] someCycle(Digraph graph) {
        Components components = graph.components();
        int[] best = new int[0];
        int starts = 0;
        for (int node = 0; node < graph.size() && starts < STARTS; node++) {
            if (components.onCycle(node)) {
                starts++;
                int[] found = cycle(graph, components, node);
                if (best.length == 0 || found.length < best.length) {
                    best = found;
                }
            }
        }
        return best;
    }

    /** A shortest cycle through a node that is on one, beginning with it. */
    static int[] cycle(Digraph graph, Components components, int node) {
        int[] closed = path(graph, node, node, to -> components.of(to) == components.of(node));
        return Arrays.copyOf(closed, Math.max(0, closed.length - 1));
    }

    /** A shortest path from one node to another, at least one step long, both included; empty if there is none. */
    static int[] path(Digraph graph, int start, int end) {
        return path(graph, start, end, to -> true);
    }

    private static int[] path(Digraph graph, int start, int end, IntPredicate within) {
        int[] cameFrom = new int[graph.size()];
        Arrays.fill(cameFrom, History.NONE);
        IntArrayList queue = new IntArrayList();
        queue.addInt(start);
        for (int head = 0; head < queue.size(); head++) {
            int at = queue.getInt(head);
            for (int slot = graph.firstSlot(at); slot < graph.firstSlot(at + 1); slot++) {
                int to = graph.successor(slot);
                if (to == end) {
                    return forward(cameFrom, start, at, end);
                }
                if (cameFrom[to] == History.NONE && to != start && within.test(to)) {
                    cameFrom[to] = at;
                    queue.addInt(to);
                }
            }
        }
        return new int[0];
    }

    private static int[] forward(int[] cameFrom, int start, int last, int end) {
        int length = 2;
        for (int back = last; back != start; back = cameFrom[back]) {
            length++;
        }
        int[] path = new int[length];
        path[0] = start;
        path[length - 1] = end;
        for (int i = length - 2, back = last; back != start; i--, back = cameFrom[back]) {
            path[i] = back;
        }
        return path;
    }
}
