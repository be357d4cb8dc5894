/**
 * Graphs of things that must come before each other, and where such a graph contradicts itself.
 *
 * <p>In: edges between small integers. Out: strongly connected components in topological order, shortest cycles. Start
 * with {@link dev.umpire.checkers.graph.Digraph}.
 *
 * <p>Decision: a history of a million operations has some millions of edges. They are never listed: whoever knows them
 * tells them twice, once to be counted and once to be kept, which takes time to save memory. Nothing here recurses, so
 * that a long chain does not end in a stack overflow.
 */
@NullMarked
package dev.umpire.checkers.graph;

import org.jspecify.annotations.NullMarked;
