package dev.umpire.harness.run;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What the checkers say of one history.
 *
 * @param judged the verdicts, in the order in which they were asked for
 * @param failures checkers that ended with an exception; empty: none
 */
public record Judgement(List<Judged> judged, List<CheckerFailure> failures) {
    public Judgement {
        judged = List.copyOf(judged);
        failures = List.copyOf(failures);
    }

    /**
     * Asks every checker, also after one of them failed: a violation that another finds must not be lost.
     *
     * @param nanoClock tells what each checker cost
     */
    public static Judgement of(
            History history, List<Guarantee> guarantees, CheckOptions options, LongSupplier nanoClock) {
        List<Judged> judged = new ArrayList<>();
        List<CheckerFailure> failures = new ArrayList<>();
        for (Guarantee guarantee : guarantees) {
            long begun = nanoClock.getAsLong();
            try {
                judged.add(new Judged(guarantee.check(history, options), nanoClock.getAsLong() - begun));
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                failures.add(new CheckerFailure(guarantee.name(), e));
            }
        }
        return new Judgement(judged, failures);
    }

    /** All verdicts together; without any, VALID. Failures do not count here. */
    public Answer answer() {
        Answer all = Answer.VALID;
        for (Judged one : judged) {
            all = all.and(one.verdict().answer());
        }
        return all;
    }
}
