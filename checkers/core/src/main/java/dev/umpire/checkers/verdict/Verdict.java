package dev.umpire.checkers.verdict;

import java.util.List;
import java.util.Optional;

/**
 * What a checker found out about one guarantee on one history.
 *
 * @param guarantee the guarantee's name as on the command line
 * @param answer VALID and INVALID are exact; whatever was not proven is UNKNOWN
 * @param assumes what the answer rests on beside the history, such as "real-time write order"; empty: nothing
 * @param algorithm how it was decided, in a few words
 * @param obliged how many operations had something to violate; VALID needs at least one
 * @param examined how many operations were looked at
 * @param reason why the answer is UNKNOWN, or what a VALID or INVALID answer left out
 * @param anomalyCount how many anomalies there are, the listed and the unlisted
 * @param anomalies the first few, those with the fewest and the nearest witness operations first
 * @param figures what was measured or counted beside, in the order in which it is told; may be empty
 * @param anomalyCountIsLowerBound whether there may be more anomalies than {@code anomalyCount}; only where there are any
 */
public record Verdict(
        String guarantee,
        Answer answer,
        Optional<String> assumes,
        String algorithm,
        long obliged,
        long examined,
        Optional<String> reason,
        long anomalyCount,
        List<Anomaly> anomalies,
        List<Figure> figures,
        boolean anomalyCountIsLowerBound) {

    public Verdict {
        figures = List.copyOf(figures);
        anomalies = List.copyOf(anomalies);
        if (answer == Answer.INVALID && anomalies.isEmpty()) {
            throw new IllegalArgumentException("anomalies: found none, expected at least one for INVALID");
        }
        if (answer != Answer.INVALID && anomalyCount != 0) {
            throw new IllegalArgumentException("anomalyCount: found " + anomalyCount + ", expected 0 for " + answer);
        }
        if (anomalyCount < anomalies.size()) {
            throw new IllegalArgumentException(
                    "anomalyCount: found " + anomalyCount + ", expected at least " + anomalies.size());
        }
        if (anomalyCountIsLowerBound && anomalyCount == 0) {
            throw new IllegalArgumentException(
                    "anomalyCountIsLowerBound: found true, expected false without anomalies");
        }
        if (answer == Answer.UNKNOWN && reason.isEmpty()) {
            throw new IllegalArgumentException("reason: found none, expected one for UNKNOWN");
        }
        if (answer == Answer.VALID && obliged == 0) {
            throw new IllegalArgumentException("obliged: found 0, expected at least 1 for VALID");
        }
    }

    /** A verdict without figures that counts every anomaly. */
    public Verdict(
            String guarantee,
            Answer answer,
            Optional<String> assumes,
            String algorithm,
            long obliged,
            long examined,
            Optional<String> reason,
            long anomalyCount,
            List<Anomaly> anomalies) {
        this(
                guarantee,
                answer,
                assumes,
                algorithm,
                obliged,
                examined,
                reason,
                anomalyCount,
                anomalies,
                List.of(),
                false);
    }

    /** The same with these figures. */
    public Verdict with(List<Figure> told) {
        return copy(reason, told, anomalyCountIsLowerBound);
    }

    /** The same, with something else to be said; a whole sentence without its full stop. */
    public Verdict remarking(String sentence) {
        return copy(
                Optional.of(reason.map(said -> said + "; " + sentence).orElse(sentence)),
                figures,
                anomalyCountIsLowerBound);
    }

    /** The same; where there are anomalies, with a count that is the least that there are if {@code lowerBound}. */
    public Verdict counting(boolean lowerBound) {
        return copy(reason, figures, lowerBound && anomalyCount > 0);
    }

    private Verdict copy(Optional<String> said, List<Figure> told, boolean lowerBound) {
        return new Verdict(
                guarantee,
                answer,
                assumes,
                algorithm,
                obliged,
                examined,
                said,
                anomalyCount,
                anomalies,
                told,
                lowerBound);
    }

    /**
     * The verdict of a checker that judged nothing.
     *
     * @param why a sentence without its full stop
     */
    public static Verdict undecided(String guarantee, String why) {
        return new Verdict(guarantee, Answer.UNKNOWN, Optional.empty(), "none", 0, 0, Optional.of(why), 0, List.of());
    }
}
