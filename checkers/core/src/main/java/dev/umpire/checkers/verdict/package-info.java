/**
 * Verdicts: what a checker answers, and the operations that prove it.
 *
 * <p>In: nothing. Out: {@link dev.umpire.checkers.verdict.Verdict} with its {@link dev.umpire.checkers.verdict.Anomaly
 * anomalies}, and the contract of every {@link dev.umpire.checkers.verdict.Checker}. Start with {@code Verdict}.
 *
 * <p>Decision: a checker that stands on something heavy is offered by a
 * {@link dev.umpire.checkers.verdict.CheckerProvider} that is looked up at run time, so that nobody depends on it.
 */
@NullMarked
package dev.umpire.checkers.verdict;

import org.jspecify.annotations.NullMarked;
