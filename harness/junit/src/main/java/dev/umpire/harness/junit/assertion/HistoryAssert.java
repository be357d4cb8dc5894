package dev.umpire.harness.junit.assertion;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** What can be said of a history. A verdict that is undecided fails every sentence here. */
public class HistoryAssert extends AbstractAssert<HistoryAssert, History> {
    /** So many anomalies are looked through for a witness. */
    private static final int MOST_ANOMALIES = 1_000;

    private static final long NANOS_PER_MICRO = 1_000;

    private CheckOptions options = CheckOptions.DEFAULT;
    private @Nullable Verdict broken;
    private boolean breaksFailed;

    /** Use {@link UmpireAssertions#assertThat(History)}. */
    public HistoryAssert(History actual) {
        super(actual, HistoryAssert.class);
    }

    /** From here on this is assumed of the order of writes; {@code REAL_TIME} where nothing is said. */
    public HistoryAssert assuming(WriteOrder order) {
        options = options.with(order);
        return this;
    }

    /** From here on judged with these options. */
    public HistoryAssert judgedWith(CheckOptions given) {
        options = given;
        return this;
    }

    /** Each of these guarantees held; all that did not are told. */
    public HistoryAssert satisfies(Guarantee first, Guarantee... more) {
        List<Guarantee> all = new ArrayList<>(List.of(first));
        all.addAll(Arrays.asList(more));
        return holds(all);
    }

    /** A session sees its own acknowledged writes, or newer ones. */
    public HistoryAssert readsItsOwnWrites() {
        return satisfies(Guarantee.READ_YOUR_WRITES);
    }

    /** A session never sees a key go back in time. */
    public HistoryAssert readsMonotonically() {
        return satisfies(Guarantee.MONOTONIC_READS);
    }

    /** Linearizable by the model that the functions of the history ask for. */
    public HistoryAssert isLinearizable() {
        return satisfies(Guarantee.LINEARIZABLE);
    }

    /** Linearizable by this model, one of {@link dev.umpire.checkers.model.Models} or your own. */
    public HistoryAssert isLinearizable(Model<?> model) {
        return satisfies(
                Guarantee.LINEARIZABLE.judgedBy((history, given) -> Linearizable.check(history, given, model)));
    }

    /**
     * No read returned a value that had been overwritten for longer than this.
     *
     * @param most whole microseconds
     */
    public HistoryAssert hasStalenessBelow(Duration most) {
        if (most.isNegative() || most.toNanos() % NANOS_PER_MICRO != 0) {
            throw new IllegalArgumentException(
                    "staleness: found " + most + ", expected 0 or more, in whole microseconds");
        }
        return satisfies(Guarantee.named("bounded-staleness:" + most.toNanos() / NANOS_PER_MICRO + "us"));
    }

    private HistoryAssert holds(List<Guarantee> guarantees) {
        isNotNull();
        List<String> lines = new ArrayList<>();
        for (Guarantee guarantee : guarantees) {
            Verdict verdict = guarantee.check(actual, options);
            if (verdict.answer() != Answer.VALID) {
                lines.addAll(Telling.notHeld(actual, verdict));
            }
        }
        if (!lines.isEmpty()) {
            failWithMessage("%s", String.join("\n", lines));
        }
        return this;
    }

    /**
     * This guarantee is shown broken; {@code withWitness}, {@code withAnomaly} and {@code onKey} say by what.
     */
    public HistoryAssert breaks(Guarantee guarantee) {
        isNotNull();
        broken = null;
        breaksFailed = true;
        Verdict verdict = guarantee.check(actual, options.withAnomalyLimit(MOST_ANOMALIES));
        if (verdict.answer() != Answer.INVALID) {
            failWithMessage("%s", String.join("\n", Telling.notBroken(verdict)));
        }
        breaksFailed = false;
        broken = verdict;
        return this;
    }

    /**
     * Some anomaly of what {@link #breaks} is proved by exactly these operations, in whatever order.
     *
     * @param operations numbers of operations, from 0 in the order of invocation
     * @throws IllegalStateException if no {@code breaks} stands before this
     */
    public HistoryAssert withWitness(Integer... operations) {
        TreeSet<Integer> expected = new TreeSet<>(Arrays.asList(operations));
        return some(
                "the witness " + expected,
                anomaly -> new TreeSet<>(anomaly.operations()).equals(expected),
                anomaly -> anomaly.operations().toString());
    }

    /**
     * Some anomaly of what {@link #breaks} is of this kind: {@code STALE_OWN_READ}, ...
     *
     * @throws IllegalStateException if no {@code breaks} stands before this
     */
    public HistoryAssert withAnomaly(String kind) {
        return some("an anomaly " + kind, anomaly -> anomaly.kind().equals(kind), Anomaly::kind);
    }

    /**
     * Some anomaly of what {@link #breaks} is about this key.
     *
     * @throws IllegalStateException if no {@code breaks} stands before this
     */
    public HistoryAssert onKey(String key) {
        return some("an anomaly of key " + key, anomaly -> anomaly.key().equals(key), Anomaly::key);
    }

    private HistoryAssert some(String expected, Predicate<Anomaly> wanted, Function<Anomaly, String> told) {
        Verdict verdict = broken;
        if (verdict == null) {
            if (breaksFailed) {
                return this; // a soft assertion has already told that nothing was broken
            }
            throw new IllegalStateException("found a question for a witness, expected breaks(...) before it");
        }
        if (verdict.anomalies().stream().noneMatch(wanted)) {
            List<String> lines = new ArrayList<>();
            lines.add(verdict.guarantee() + " is broken, expected by " + expected + ", found "
                    + String.join(
                            ", ",
                            verdict.anomalies().stream()
                                    .map(told)
                                    .distinct()
                                    .limit(10)
                                    .toList()));
            lines.addAll(Telling.witness(actual, verdict.anomalies().get(0)));
            failWithMessage("%s", String.join("\n", lines));
        }
        return this;
    }
}
