/**
 * Sequential consistency: is there one order of all operations that keeps every session's own order?
 *
 * <p>In: a history, and a model of the object ({@link dev.umpire.checkers.model.Model}). Out: a verdict, with the operations
 * that no order can place. Start with {@link dev.umpire.checkers.sequential.Sequential}; then the room {@link dev.umpire.checkers.joined} (what every order
 * must have, and the order that is tried first) and {@code OrderSearch} (all the others).
 *
 * <p>Decisions: unlike linearizability this guarantee is not local, so that all keys are looked at together; a key alone serves
 * to refute. What is linearizable is sequential, and that is asked first, as it is the cheapest proof and the most frequent.
 * The order in which writes were completed is the first guess at the order in which they took effect: stores that serve stale
 * reads mostly keep it.
 */
@NullMarked
package dev.umpire.checkers.sequential;

import org.jspecify.annotations.NullMarked;
