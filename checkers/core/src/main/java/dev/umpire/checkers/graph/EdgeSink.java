package dev.umpire.checkers.graph;

/** Takes edges one by one. */
@FunctionalInterface
public interface EdgeSink {

    /** {@code before} must come before {@code after}. Adding an edge twice does no harm. */
    void add(int before, int after);
}
