package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.Promises.KnownAnomaly;
import dev.umpire.harness.plan.Promises.Promise;
import dev.umpire.harness.run.Judged;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What is to be said of anomalies that a promise lists as known. */
public final class KnownAnomalies {
    private KnownAnomalies() {}

    /**
     * A line for each: whether it was seen, until when it is borne, and why.
     *
     * @param day the day on which the verdicts are read
     */
    public static List<String> told(Promise promise, List<Judged> judged, LocalDate day) {
        List<String> lines = new ArrayList<>();
        for (KnownAnomaly known : promise.known()) {
            boolean broken = judged.stream()
                    .anyMatch(one -> one.verdict().guarantee().equals(known.guarantee())
                            && one.verdict().answer() == Answer.INVALID);
            String reason = ": " + SafeText.visible(known.reason());
            if (!known.isInForce(day)) {
                lines.add(known.guarantee() + " was borne until " + known.until() + " and counts again" + reason);
            } else if (broken) {
                lines.add(known.guarantee() + " is broken, and borne until " + known.until() + reason);
            } else {
                lines.add(known.guarantee() + ", borne until " + known.until() + ", was not broken here" + reason);
            }
        }
        return lines;
    }
}
