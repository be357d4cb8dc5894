/**
 * Benchmarks: what reading a history costs, and what judging it costs.
 *
 * <p>In: nothing. Out: times of JMH and the heap an operation takes. Start with
 * {@link dev.umpire.checkers.benchmarks.Benchmarks}.
 *
 * <p>Decision: the history is valid, as only then is every key searched to the end.
 */
@NullMarked
package dev.umpire.checkers.benchmarks;

import org.jspecify.annotations.NullMarked;
