/**
 * Counters: whether what was read can be a sum of what was counted.
 *
 * <p>In: a history of {@code increment}, {@code decrement} or {@code add} and {@code read}. Out: a
 * {@link dev.umpire.checkers.verdict.Verdict}. Start with {@link dev.umpire.checkers.counter.Counter}.
 *
 * <p>Decision: a key is a counter if somebody tried to count there. A history without one is undecided, not refused.
 */
@NullMarked
package dev.umpire.checkers.counter;

import org.jspecify.annotations.NullMarked;
