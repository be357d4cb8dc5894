/**
 * Version order: whether the writes of one key can stand in one order.
 *
 * <p>In: a register, what is assumed or reported of the order of its writes, and edges that a guarantee forces. Out: the
 * cycles that forbid every order; none means that some order satisfies all edges. Start with
 * {@link dev.umpire.checkers.order.VersionGraph}.
 *
 * <p>Decision: a guarantee contributes edges, nothing else, so that two guarantees can be asked of one shared order by
 * putting the edges of both into one graph.
 *
 * <p>Decision: an edge between equal writes is dropped, and an OK cas stands directly after what it read, so that a chain
 * of them is one node. Helper nodes (of time, of many sources at once) must therefore never lead from a node back to
 * itself; {@link dev.umpire.checkers.order.Sources} is how this is kept.
 */
@NullMarked
package dev.umpire.checkers.order;

import org.jspecify.annotations.NullMarked;
