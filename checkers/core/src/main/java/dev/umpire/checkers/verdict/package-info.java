/**
 * Verdicts: what a checker answers, and the operations that prove it.
 *
 * <p>In: nothing. Out: {@link dev.umpire.checkers.verdict.Verdict} with its {@link dev.umpire.checkers.verdict.Anomaly
 * anomalies}, and the contract of every {@link dev.umpire.checkers.verdict.Checker}. Start with {@code Verdict}.
 */
@NullMarked
package dev.umpire.checkers.verdict;

import org.jspecify.annotations.NullMarked;
