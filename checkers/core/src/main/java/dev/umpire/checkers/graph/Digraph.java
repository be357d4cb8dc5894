package dev.umpire.checkers.graph;

import java.util.Arrays;

/**
 * A directed graph over the nodes 0 to {@code size() - 1}; immutable. 4 bytes a node and 4 bytes an edge.
 */
public final class Digraph {
    private final int size;
    private final int[] start;
    private final int[] target;

    private Digraph(int size, int[] start, int[] target) {
        this.size = size;
        this.start = start;
        this.target = target;
    }

    /**
     * The graph of these edges. They are told twice, first to be counted and then to be kept, so that nothing is reserved
     * that is not needed.
     *
     * @param leastNodes how many nodes there are at least; a node of an edge with a larger number exists as well
     */
    public static Digraph of(int leastNodes, EdgeSource edges) {
        Counter counter = new Counter(leastNodes);
        edges.tell(counter);
        int nodes = counter.nodes;
        // the count of a node stands two further, so that after the sum its first slot stands one further: filling
        // moves
        // it to the first slot of the next node, which is where that one belongs
        int[] start = counter.counts;
        for (int node = 0; node < nodes; node++) {
            start[node + 2] += start[node + 1];
        }
        int[] target = new int[start[nodes + 1]];
        edges.tell((before, after) -> target[start[before + 1]++] = after);
        return new Digraph(nodes, start, target);
    }

    /** How many edges leave each node, and how many nodes there are. */
    private static final class Counter implements EdgeSink {
        private int[] counts;
        private int nodes;

        Counter(int leastNodes) {
            nodes = leastNodes;
            counts = new int[leastNodes + 2];
        }

        @Override
        public void add(int before, int after) {
            int last = Math.max(before, after);
            if (last >= nodes) {
                nodes = last + 1;
                if (nodes + 2 > counts.length) {
                    counts = Arrays.copyOf(counts, nodes + 2 + (nodes >> 3));
                }
            }
            counts[before + 2]++;
        }
    }

    public int size() {
        return size;
    }

    /** The first of the slots that hold the successors of a node; they end before {@code firstSlot(node + 1)}. */
    public int firstSlot(int node) {
        return start[node];
    }

    /** The successor in a slot. */
    public int successor(int slot) {
        return target[slot];
    }

    /** Whether there is a cycle; an edge from a node to itself is one. O(nodes + edges), with 4 bytes a node. */
    public boolean cyclic() {
        int[] left =
                new int[size]; // how many edges from nodes that are not placed yet; then the link to another ready node
        for (int slot = 0; slot < start[size]; slot++) {
            left[target[slot]]++;
        }
        int ready = -1;
        for (int node = size - 1; node >= 0; node--) {
            if (left[node] == 0) {
                left[node] = ready;
                ready = node;
            }
        }
        int placed = 0;
        while (ready >= 0) {
            int node = ready;
            ready = left[node];
            placed++;
            for (int slot = start[node]; slot < start[node + 1]; slot++) {
                int next = target[slot];
                if (--left[next] == 0) {
                    left[next] = ready;
                    ready = next;
                }
            }
        }
        return placed < size;
    }

    /**
     * The strongly connected components, by Tarjan's algorithm (SIAM J. Comput. 1972) with its own stack. O(nodes + edges).
     */
    public Components components() {
        int nodes = size();
        int[] component = new int[nodes];
        Arrays.fill(component, -1);
        int[] low = new int[nodes]; // 0: not visited, else visit number from 1
        int[] slot = new int[nodes];
        int[] open = new int[nodes]; // visited, without a component
        int[] parent = new int[nodes];
        int opened = 0;
        int visits = 0;
        int components = 0;
        int[] visit = new int[nodes];
        for (int root = 0; root < nodes; root++) {
            if (visit[root] != 0) {
                continue;
            }
            int node = root;
            parent[node] = -1;
            visit[node] = ++visits;
            low[node] = visits;
            slot[node] = start[node];
            open[opened++] = node;
            while (node >= 0) {
                if (slot[node] < start[node + 1]) {
                    int next = target[slot[node]++];
                    if (visit[next] == 0) {
                        parent[next] = node;
                        visit[next] = ++visits;
                        low[next] = visits;
                        slot[next] = start[next];
                        open[opened++] = next;
                        node = next;
                    } else if (component[next] < 0) {
                        low[node] = Math.min(low[node], visit[next]);
                    }
                    continue;
                }
                if (low[node] == visit[node]) {
                    int member;
                    do {
                        member = open[--opened];
                        component[member] = components;
                    } while (member != node);
                    components++;
                }
                int up = parent[node];
                if (up >= 0) {
                    low[up] = Math.min(low[up], low[node]);
                }
                node = up;
            }
        }
        return new Components(this, component, components);
    }
}
