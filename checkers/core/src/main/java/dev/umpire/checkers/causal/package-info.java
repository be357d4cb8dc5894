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
 */
@NullMarked
package dev.umpire.checkers.causal;

import org.jspecify.annotations.NullMarked;
