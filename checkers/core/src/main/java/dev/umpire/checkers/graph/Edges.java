package dev.umpire.checkers.graph;

import java.util.Arrays;

/** A growing list of directed edges between nodes that are numbered from 0; not thread-safe. */
public final class Edges {
    private int[] from;
    private int[] to;
    private int size;

    /**
     * An empty list.
     *
     * @param expected how many edges are expected; 0 or more
     */
    public Edges(int expected) {
        from = new int[Math.max(16, expected)];
        to = new int[from.length];
    }

    /** {@code before} must come before {@code after}. Adding an edge twice does no harm. */
    public void add(int before, int after) {
        if (size == from.length) {
            from = Arrays.copyOf(from, size + (size >> 1));
            to = Arrays.copyOf(to, from.length);
        }
        from[size] = before;
        to[size] = after;
        size++;
    }

    /** Adds all edges of another list. */
    public void addAll(Edges others) {
        for (int i = 0; i < others.size; i++) {
            add(others.from[i], others.to[i]);
        }
    }

    public int size() {
        return size;
    }

    /** Where the {@code i}-th edge begins. */
    public int from(int i) {
        return from[i];
    }

    /** Where the {@code i}-th edge ends. */
    public int to(int i) {
        return to[i];
    }

    /**
     * The graph of these edges as they are now.
     *
     * @param nodes how many nodes there are; more than every node of an edge
     */
    public Digraph graph(int nodes) {
        int[] start = new int[nodes + 1];
        for (int i = 0; i < size; i++) {
            start[from[i] + 1]++;
        }
        for (int node = 0; node < nodes; node++) {
            start[node + 1] += start[node];
        }
        int[] target = new int[size];
        int[] fill = Arrays.copyOf(start, nodes);
        for (int i = 0; i < size; i++) {
            target[fill[from[i]]++] = to[i];
        }
        return new Digraph(start, target);
    }
}
