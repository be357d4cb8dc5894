package dev.umpire.harness.run;

import dev.umpire.checkers.verdict.Verdict;

/**
 * A verdict and what it cost.
 *
 * @param elapsedNanos time of the checker
 */
public record Judged(Verdict verdict, long elapsedNanos) {}
