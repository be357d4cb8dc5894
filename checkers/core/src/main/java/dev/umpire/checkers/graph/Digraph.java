package dev.umpire.checkers.graph;

import java.util.Arrays;

/** A directed graph over the nodes 0 to {@code size() - 1}; immutable. */
public final class Digraph {
    private final int[] start;
    private final int[] target;

    Digraph(int[] start, int[] target) {
        this.start = start;
        this.target = target;
    }

    public int size() {
        return start.length - 1;
    }

    /** The first of the slots that hold the successors of a node; they end before {@code firstSlot(node + 1)}. */
    public int firstSlot(int node) {
        return start[node];
    }

    /** The successor in a slot. */
    public int successor(int slot) {
        return target[slot];
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
