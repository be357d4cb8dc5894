package dev.umpire.checkers.graph;

import java.util.Arrays;

/**
 * A growing list of directed edges between nodes that are numbered from 0, for small graphs; not thread-safe. A large one
 * is better made of an {@link EdgeSource} that makes its edges anew.
 */
public final class Edges implements EdgeSink, EdgeSource {
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

    @Override
    public void add(int before, int after) {
        if (size == from.length) {
            from = Arrays.copyOf(from, size + (size >> 1));
            to = Arrays.copyOf(to, from.length);
        }
        from[size] = before;
        to[size] = after;
        size++;
    }

    @Override
    public void tell(EdgeSink sink) {
        for (int i = 0; i < size; i++) {
            sink.add(from[i], to[i]);
        }
    }

    public int size() {
        return size;
    }
}
