/**
 * Causal consistency in its kinds: what one has seen, and what that rested on, cannot be unseen.
 *
 * <p>In: a history whose values are written once a key. Out: verdicts. Start with
 * {@link dev.umpire.checkers.causal.Causal}.
 *
 * <p>Decision: the causal order is never listed pair by pair. {@code Clocks} tells of one operation at a time what is in its
 * past, in passes over blocks of sessions, so that memory does not grow with the product of operations and sessions.
 *
 * <p>Decision: a transaction is one node, and a list is read from the appends of all of its elements, one by one; long lists
 * that are read often cost their length each time.
 *
 * <p>Decision: deciding and explaining are two programs. The first is fast and finds some operations that suffice; the
 * second ({@code Patterns}) knows only a few operations, says which bad pattern they make, and leaves out what it can.
 *
 * <p>Decision: a cas is adjacent to what it replaced in every order of <em>all</em> writes, also in those of sessions that did
 * not make it. The price: with cas on several keys the question is NP-complete, and may be left undecided; {@code CasOrder}
 * proves by an order and refutes by a cycle, and never by a search that ended.
 */
@NullMarked
package dev.umpire.checkers.causal;

import org.jspecify.annotations.NullMarked;
