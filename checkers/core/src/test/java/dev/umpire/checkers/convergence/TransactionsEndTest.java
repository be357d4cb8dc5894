package dev.umpire.checkers.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Deed.Kind;
import dev.umpire.checkers.oracle.Deed.Step;
import dev.umpire.checkers.oracle.DeedHistory;
import dev.umpire.checkers.oracle.EndByDefinition;
import dev.umpire.checkers.oracle.RandomDeeds;
import dev.umpire.checkers.oracle.RandomDeeds.Shape;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.SmallDeeds;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durability and eventual consistency of registers and lists in transactions and snapshots against their definitions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransactionsEndTest {
    private static final int COUNT = Share.of(100);

    private final Map<Answer, Long> answers = new EnumMap<>(Answer.class);
    private final Map<String, Long> kinds = new TreeMap<>();
    private String complaint = "";

    @AfterAll
    void everyAnswerWasSeen() {
        System.out.println("durability and eventual in transactions: " + answers + " " + kinds);
        assertThat(answers).containsOnlyKeys(Answer.values());
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(Share.seen(6));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false"})
    void allOfThreeOperationsAreJudgedAsByDefinition(boolean first, boolean second) {
        SmallDeeds.forEach(List.of(first, second), small -> {
            if (!isJudgedWell(small)) {
                throw new AssertionError(complaint + small);
            }
        });
    }

    @Test
    void registersAreJudgedAsByDefinition() {
        check(new Shape(9, 4, 2, 0, 3, false, false, false));
        check(new Shape(9, 3, 2, 0, 3, true, true, false));
        check(new Shape(6, 3, 1, 0, 2, false, false, false));
        check(new Shape(18, 5, 3, 0, 3, true, false, false));
    }

    @Test
    void listsAreJudgedAsByDefinition() {
        check(new Shape(9, 4, 2, 2, 3, false, false, false));
        check(new Shape(9, 3, 2, 1, 3, true, true, false));
        check(new Shape(6, 3, 1, 1, 2, false, true, false));
        check(new Shape(18, 5, 3, 2, 3, true, true, false));
    }

    private void check(Shape shape) {
        try {
            new RandomDeeds().check(COUNT, shape, this::isJudgedWell);
            new RandomDeeds().scattered().check(COUNT, shape, this::isJudgedWell);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + complaint, e);
        }
    }

    private boolean isJudgedWell(DeedHistory small) {
        History history = small.historyWithFinalReads();
        if (!history.hasAny(List.of("append", "txn"))) {
            // no list is known to be one; what is read as a list is undecided
            return true;
        }
        boolean equal = isAs(
                small,
                EndByDefinition::eventual,
                some -> Eventual.check(some.historyWithFinalReads(), CheckOptions.DEFAULT));
        for (WriteOrder order : WriteOrder.values()) {
            CheckOptions options = CheckOptions.DEFAULT.with(order);
            equal = equal
                    && isAs(
                            small,
                            some -> EndByDefinition.durability(some, order),
                            some -> Durability.check(some.historyWithFinalReads(), options));
        }
        return equal;
    }

    private boolean isAs(
            DeedHistory small, Function<DeedHistory, Answer> definition, Function<DeedHistory, Verdict> checker) {
        Answer defined = definition.apply(small);
        Verdict verdict = checker.apply(small);
        answers.merge(defined, 1L, Long::sum);
        if (verdict.answer() != defined) {
            complaint = defined + " by definition, but " + verdict;
            return false;
        }
        return verdict.anomalies().stream().allMatch(anomaly -> isMinimal(small, anomaly, definition, checker));
    }

    private boolean isMinimal(
            DeedHistory small,
            Anomaly anomaly,
            Function<DeedHistory, Answer> definition,
            Function<DeedHistory, Verdict> checker) {
        kinds.merge(anomaly.kind(), 1L, Long::sum);
        boolean twice = anomaly.operations().stream().anyMatch(operation -> {
            List<Integer> keys = small.deeds().get(operation).steps().stream()
                    .filter(step -> step.kind() == Kind.READ)
                    .map(Step::key)
                    .toList();
            return keys.stream().distinct().count() < keys.size();
        });
        if (twice || anomaly.kind().contains("CONVERGED")) {
            // who read a key twice may break something by either; and eventual asks for final reads of two nodes
            return true;
        }
        DeedHistory alone = small.alone(anomaly.operations());
        if (definition.apply(alone) != Answer.INVALID) {
            complaint = "the witness is not broken alone: " + anomaly + alone;
            return false;
        }
        for (int dropped : anomaly.operations()) {
            List<Integer> rest = new ArrayList<>(anomaly.operations());
            rest.remove((Integer) dropped);
            boolean broken = checker.apply(small.alone(rest)).anomalies().stream()
                    .anyMatch(other ->
                            other.key().equals(anomaly.key()) && other.kind().equals(anomaly.kind()));
            if (broken) {
                complaint = "the witness needs no operation " + dropped + ": " + anomaly;
                return false;
            }
        }
        return true;
    }
}
