package dev.umpire.harness.run;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Checker;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What the checkers say of one history.
 *
 * @param judged the verdicts, in the order in which they were asked for
 * @param failures checkers that ended with an exception; empty: none
 */
public record Judgement(List<Judged> judged, List<CheckerFailure> failures) {

    private static final int MOST_ANOMALIES = 100_000;

    public Judgement {
        judged = List.copyOf(judged);
        failures = List.copyOf(failures);
    }

    /**
     * Asks every checker, also after one of them failed: a violation that another finds must not be lost. Integrity is
     * judged in any case.
     *
     * @param guarantees those that were asked for
     * @param nanoClock tells what each checker cost
     */
    public static Judgement of(
            History history, List<Guarantee> guarantees, CheckOptions options, LongSupplier nanoClock) {
        List<Judged> judged = new ArrayList<>();
        List<CheckerFailure> failures = new ArrayList<>();
        Set<Guarantee> all = new LinkedHashSet<>(guarantees);
        all.add(Guarantee.INTEGRITY);
        for (Guarantee guarantee : all) {
            Judged.Weight weight = guarantees.contains(guarantee) ? Judged.Weight.ASKED : Judged.Weight.IF_BROKEN;
            long begun = nanoClock.getAsLong();
            try {
                judged.add(new Judged(guarantee.check(history, options), nanoClock.getAsLong() - begun, weight));
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                failures.add(new CheckerFailure(guarantee.name(), e));
            }
        }
        return new Judgement(judged, failures);
    }

    /** The same verdicts, of which only the required ones count, and integrity where it is broken. */
    public Judgement requiring(Set<String> required) {
        return new Judgement(
                judged.stream()
                        .map(one -> new Judged(one.verdict(), one.elapsedNanos(), weight(one, required)))
                        .toList(),
                failures);
    }

    private static Judged.Weight weight(Judged judged, Set<String> required) {
        String name = judged.verdict().guarantee();
        if (required.contains(name)) {
            return Judged.Weight.ASKED;
        }
        return name.equals(Guarantee.INTEGRITY.name()) ? Judged.Weight.IF_BROKEN : Judged.Weight.TOLD;
    }

    /** Whether any verdict counts in {@link #answer}. */
    public boolean isAnyCounted() {
        return judged.stream().anyMatch(Judged::counts);
    }

    /**
     * Asks one checker of somebody else, and nobody beside it.
     *
     * @param name what people call it
     * @param nanoClock tells what it cost
     */
    public static Judgement by(
            Checker checker, String name, History history, CheckOptions options, LongSupplier nanoClock) {
        long begun = nanoClock.getAsLong();
        try {
            Verdict verdict = checker.check(history, options);
            return new Judgement(List.of(new Judged(verdict, nanoClock.getAsLong() - begun)), List.of());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return new Judgement(List.of(), List.of(new CheckerFailure(name, e)));
        }
    }

    /**
     * The verdict on a guarantee with all its anomalies, of which a judgement keeps the first few: with a hundred thousand at most.
     * Empty where it was not judged.
     *
     * @param history that which was judged
     */
    public Optional<Verdict> verdictWithAllAnomalies(History history, Guarantee guarantee) {
        return judged.stream()
                .map(Judged::verdict)
                .filter(verdict -> verdict.guarantee().equals(guarantee.name()))
                .findFirst()
                .map(verdict -> verdict.anomalies().size() == verdict.anomalyCount()
                        ? verdict
                        : guarantee.check(
                                history,
                                CheckOptions.DEFAULT.with(assumed(verdict)).withAnomalyLimit((int)
                                        Math.min(MOST_ANOMALIES, verdict.anomalyCount()))));
    }

    /** The order that a verdict rests on; one that rests on none is the same under each. */
    private static WriteOrder assumed(Verdict verdict) {
        return Arrays.stream(WriteOrder.values())
                .filter(order -> verdict.assumes().equals(Optional.of(order.phrase())))
                .findFirst()
                .orElse(CheckOptions.DEFAULT.writeOrder());
    }

    /** All verdicts together; without any, UNKNOWN. Failures do not count here. */
    public Answer answer() {
        return judged.stream()
                .filter(Judged::counts)
                .map(one -> one.verdict().answer())
                .reduce(Answer::and)
                .orElse(Answer.UNKNOWN);
    }
}
