package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;

/**
 * What is left of a verdict once its anomalies have been told.
 *
 * @param guarantee its name as on the command line
 * @param obliged how many operations had something to violate
 * @param anomalyCount how many anomalies there are; 0 unless the answer is INVALID
 * @param anomalyCountIsLowerBound whether there may be more
 */
public record BriefVerdict(
        String guarantee, Answer answer, long obliged, long anomalyCount, boolean anomalyCountIsLowerBound) {

    public static BriefVerdict of(Verdict verdict) {
        return new BriefVerdict(
                verdict.guarantee(),
                verdict.answer(),
                verdict.obliged(),
                verdict.anomalyCount(),
                verdict.anomalyCountIsLowerBound());
    }

    /** {@code 3,514 of 11,186}, {@code at least 3 of 812}, {@code 11,190}; empty where nothing was decided. */
    public String counts() {
        return switch (answer) {
            case VALID -> Numbers.grouped(obliged);
            case INVALID ->
                (anomalyCountIsLowerBound ? "at least " : "")
                        + (obliged > 0
                                ? Numbers.grouped(anomalyCount) + " of " + Numbers.grouped(obliged)
                                : Numbers.grouped(anomalyCount));
            case UNKNOWN -> "";
        };
    }
}
