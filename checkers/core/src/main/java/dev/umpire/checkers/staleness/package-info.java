/**
 * Staleness: how old what a read returned already was.
 *
 * <p>In: a history. Out: a {@link dev.umpire.checkers.verdict.Verdict} with the distribution of staleness as its figures.
 * Start with {@link dev.umpire.checkers.staleness.BoundedStaleness}; {@code Overwriters} knows which acknowledged writes are
 * certainly newer than a value, {@code StaleReads} what to say of a read.
 *
 * <p>Decision: only certain staleness counts. Where the order of two writes is not known, the read of one is not called
 * stale for the sake of the other, so that with an inferred order every figure is a lower bound, and is called so.
 *
 * <p>Decision: which write came first in real time is told by the positions of events, and how long ago by their times;
 * a clock that ran back makes a read fresher, never staler.
 */
@NullMarked
package dev.umpire.checkers.staleness;

import org.jspecify.annotations.NullMarked;
