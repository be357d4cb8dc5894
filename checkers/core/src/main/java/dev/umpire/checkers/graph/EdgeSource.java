package dev.umpire.checkers.graph;

/** Edges between nodes that are numbered from 0, which can be told again: each time the same, in the same order. */
@FunctionalInterface
public interface EdgeSource {

    /** Tells every edge. */
    void tell(EdgeSink sink);
}
