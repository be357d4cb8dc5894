package dev.umpire.checkers.causal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.CausalOracle;
import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Random histories against the definition, and every witness against the definition as well. */
class RandomCausalHistoriesTest {
    private final Map<CausalOracle, Map<Answer, Integer>> answers = new EnumMap<>(CausalOracle.class);
    private final Map<String, Integer> kinds = new TreeMap<>();

    @AfterEach
    void bothAnswersWereSeen() {
        System.out.println("causal at random: " + answers + " " + kinds);
        answers.values().forEach(seen -> assertThat(seen).containsKeys(Answer.VALID, Answer.INVALID));
    }

    @Test
    void sequentialSessionsAreJudgedAsByDefinition() {
        check(1500, new Shape(14, 3, 2, false, false, true, 0));
        check(1000, new Shape(14, 4, 2, false, false, false, 0));
    }

    @Test
    void overlappingOperationsOfOneSessionAreJudgedAsByDefinition() {
        check(1500, new Shape(12, 3, 2, true, false, false, 0));
    }

    @Test
    void casAreJudgedAsByDefinition() {
        check(1500, new Shape(12, 4, 2, false, true, false, 0));
        check(1500, new Shape(10, 3, 1, true, true, true, 0));
    }

    private void check(int count, Shape shape) {
        new RandomHistories().check(count, shape, this::isAsDefined);
    }

    private boolean isAsDefined(SmallHistory small) {
        History history = small.history();
        CheckOptions options = CheckOptions.DEFAULT.withAnomalyLimit(3);
        // few sessions make one block; blocks of one chain must not change anything
        for (boolean convergence : new boolean[] {false, true}) {
            Verdict narrow = new CausalCheck("narrow", convergence, history, options, 1).verdict();
            Verdict wide = new CausalCheck("narrow", convergence, history, options).verdict();
            if (narrow.answer() != wide.answer() || narrow.anomalyCount() != wide.anomalyCount()) {
                return false;
            }
        }
        return agrees(small, CausalOracle.CAUSAL, Causal.check(history, options))
                && agrees(small, CausalOracle.CAUSAL_CONVERGENCE, CausalConvergence.check(history, options))
                && agrees(small, CausalOracle.CAUSAL_MEMORY, CausalMemory.check(history, options))
                && agrees(small, CausalOracle.PRAM, Pram.check(history, options));
    }

    private boolean agrees(SmallHistory small, CausalOracle oracle, Verdict verdict) {
        Answer expected = oracle.judge(small);
        answers.computeIfAbsent(oracle, o -> new EnumMap<>(Answer.class)).merge(expected, 1, Integer::sum);
        verdict.anomalies().forEach(anomaly -> kinds.merge(anomaly.kind(), 1, Integer::sum));
        return verdict.answer() == expected
                && verdict.anomalies().stream().allMatch(anomaly -> MinimalWitness.isMinimal(small, anomaly, oracle));
    }
}
