package dev.umpire.checkers.graph;

/**
 * The strongly connected components of a graph. They are numbered against the edges: an edge between two components leads
 * to the lower number.
 */
public final class Components {
    private final Digraph graph;
    private final int[] component;
    private final int[] size;
    private final boolean cyclic;

    Components(Digraph graph, int[] component, int count) {
        this.graph = graph;
        this.component = component;
        size = new int[count];
        boolean found = false;
        for (int node = 0; node < component.length; node++) {
            found |= ++size[component[node]] > 1;
        }
        for (int node = 0; node < component.length && !found; node++) {
            found = hasLoop(node);
        }
        cyclic = found;
    }

    public int count() {
        return size.length;
    }

    /** The component of a node. */
    public int of(int node) {
        return component[node];
    }

    /** How many nodes a component has; 1 or more. */
    public int size(int component) {
        return size[component];
    }

    /** Whether the graph has a cycle; an edge from a node to itself is one. */
    public boolean cyclic() {
        return cyclic;
    }

    /** Whether some cycle leads through the node. */
    public boolean onCycle(int node) {
        return size[component[node]] > 1 || hasLoop(node);
    }

    private boolean hasLoop(int node) {
        for (int slot = graph.firstSlot(node); slot < graph.firstSlot(node + 1); slot++) {
            if (graph.successor(slot) == node) {
                return true;
            }
        }
        return false;
    }

    /** All nodes in an order in which every edge between components leads forward and a component stands together. */
    public int[] topologicalOrder() {
        int[] place = new int[size.length + 1];
        for (int c = size.length - 1, at = 0; c >= 0; c--) {
            place[c] = at;
            at += size[c];
        }
        int[] order = new int[component.length];
        for (int node = 0; node < component.length; node++) {
            order[place[component[node]]++] = node;
        }
        return order;
    }
}
