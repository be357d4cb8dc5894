/**
 * Linearizability: did every operation take effect at one moment between its invocation and its completion?
 *
 * <p>In: a history, and a model of the object ({@link dev.umpire.checkers.model.Model}). Out: a verdict, with the first
 * operation that has no place in any order. Start with {@link dev.umpire.checkers.linearizable.Linearizable}; then
 * {@code PlainRegisters} and {@code RegisterZones} (registers of which every value is written once) and {@code ConfigurationSearch} (all the rest).
 *
 * <p>Decisions: histories are taken apart by key first, as that turns an exponential search into many small ones. A failed
 * operation is dropped, a failed cas too: it is not taken as an observation that the value was another one. Explaining has a
 * bound of its own, so that a verdict never waits for its witness.
 */
@NullMarked
package dev.umpire.checkers.linearizable;

import org.jspecify.annotations.NullMarked;
