package dev.umpire.checkers.causal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.CausalByDefinition;
import dev.umpire.checkers.oracle.DeedHistory;
import dev.umpire.checkers.oracle.RandomDeeds;
import dev.umpire.checkers.oracle.RandomDeeds.Shape;
import dev.umpire.checkers.oracle.Verdicts;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Random histories of lists and transactions against the definitions, and every witness against them as well. */
class RandomDeedsCausalTest {
    private static final int COUNT = 400;

    private final Map<CausalByDefinition, Map<Answer, Integer>> answers = new EnumMap<>(CausalByDefinition.class);
    private final Map<String, Integer> kinds = new TreeMap<>();
    private String complaint = "";
    private boolean scattered;

    @AfterEach
    void bothAnswersWereSeen() {
        System.out.println("causal, lists and transactions: " + answers + " " + kinds);
        answers.values().forEach(seen -> assertThat(seen).containsKeys(Answer.VALID, Answer.INVALID));
    }

    @Test
    void transactionsOfRegistersAreJudgedAsByDefinition() {
        check(new Shape(9, 3, 2, 0, 3, false, false, false));
        check(new Shape(8, 3, 2, 0, 3, true, true, false));
        check(new Shape(9, 2, 3, 0, 2, false, false, false));
    }

    @Test
    void listsAreJudgedAsByDefinition() {
        check(new Shape(9, 3, 1, 1, 1, false, false, false));
        check(new Shape(9, 3, 2, 2, 1, true, true, false));
        check(new Shape(9, 3, 2, 1, 1, false, false, false));
    }

    @Test
    void transactionsOfListsAreJudgedAsByDefinition() {
        check(new Shape(7, 3, 2, 2, 3, true, true, false));
        check(new Shape(8, 3, 2, 2, 2, false, false, false));
        check(new Shape(6, 2, 3, 2, 4, true, false, false));
    }

    /** As of stores whose replicas apply what was written in any order. */
    @Test
    void whatWasReadInAnyOrderIsJudgedAsByDefinition() {
        scattered = true;
        check(new Shape(7, 3, 1, 1, 1, false, false, false));
        check(new Shape(7, 3, 2, 2, 2, true, false, false));
        check(new Shape(7, 2, 2, 1, 2, false, false, false));
        check(new Shape(7, 3, 2, 0, 2, true, false, false));
    }

    private void check(Shape shape) {
        try {
            RandomDeeds deeds = scattered ? new RandomDeeds().scattered() : new RandomDeeds();
            deeds.check(COUNT, shape, this::isAsDefined);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + complaint, e);
        }
    }

    private boolean isAsDefined(DeedHistory small) {
        History history = small.history();
        CheckOptions options = CheckOptions.DEFAULT.withAnomalyLimit(3);
        return agrees(small, CausalByDefinition.CAUSAL, Causal.check(history, options))
                && agrees(small, CausalByDefinition.CAUSAL_CONVERGENCE, CausalConvergence.check(history, options))
                && agrees(small, CausalByDefinition.CAUSAL_MEMORY, CausalMemory.check(history, options))
                && agrees(small, CausalByDefinition.PRAM, Pram.check(history, options));
    }

    private boolean agrees(DeedHistory small, CausalByDefinition definition, Verdict verdict) {
        Answer expected = definition.judge(small);
        answers.computeIfAbsent(definition, o -> new EnumMap<>(Answer.class)).merge(expected, 1, Integer::sum);
        complaint = definition + ": expected " + expected + ", found " + verdict;
        return verdict.answer() == expected
                && verdict.anomalies().stream().allMatch(anomaly -> isMinimal(small, anomaly, definition));
    }

    /** The operations alone break the guarantee, and no longer if any of them is left out. */
    private boolean isMinimal(DeedHistory small, Anomaly anomaly, CausalByDefinition definition) {
        kinds.merge(anomaly.kind(), 1, Integer::sum);
        return Verdicts.isMinimal(
                anomaly.operations(), some -> definition.judge(small.restrictedTo(some)) == Answer.INVALID);
    }
}
