package dev.umpire.checkers.causal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.CasHistories;
import dev.umpire.checkers.oracle.CausalOracle;
import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Histories of several keys with long chains of cas, none of which replaced what another did, against the definition. What is
 * left undecided, because chains of several keys are in each other's way, is counted.
 */
class RandomCasTest {
    private final Map<CausalOracle, Map<String, Integer>> answers = new EnumMap<>(CausalOracle.class);
    private final Map<String, Integer> kinds = new TreeMap<>();
    private int undecided;
    private int decided;

    @Test
    void whatEachCasReplacedStandsDirectlyBeforeItInEveryOrder() {
        for (int keys = 1; keys <= 3; keys++) {
            int most = keys;
            new RandomHistories()
                    .check(
                            2_000,
                            "cas on " + keys,
                            random -> CasHistories.draw(random, most, 4 + random.nextInt(9)),
                            this::agrees);
        }
        System.out.println("cas at random: " + answers + " " + kinds + ", undecided " + undecided);
        assertThat(undecided).isLessThanOrEqualTo(decided / 500);
        if (!Share.isSmall()) {
            answers.values().forEach(seen -> assertThat(seen.keySet()).hasSizeGreaterThanOrEqualTo(2));
            assertThat(kinds.get("CONTRADICTORY_CAS")).isGreaterThan(100);
        }
    }

    private boolean agrees(SmallHistory small) {
        History history = small.history();
        CheckOptions options = CheckOptions.DEFAULT.withAnomalyLimit(3);
        return agrees(small, CausalOracle.CAUSAL, Causal.check(history, options))
                && agrees(small, CausalOracle.CAUSAL_CONVERGENCE, CausalConvergence.check(history, options))
                && agrees(small, CausalOracle.CAUSAL_MEMORY, CausalMemory.check(history, options))
                && agrees(small, CausalOracle.PRAM, Pram.check(history, options));
    }

    private boolean agrees(SmallHistory small, CausalOracle oracle, Verdict verdict) {
        Answer expected = oracle.judge(small);
        answers.computeIfAbsent(oracle, o -> new TreeMap<>())
                .merge(expected + (verdict.answer() == expected ? "" : " left open"), 1, Integer::sum);
        decided++;
        if (verdict.answer() == Answer.UNKNOWN && verdict.reason().orElse("").contains("no order was found")) {
            undecided++;
            return true;
        }
        verdict.anomalies().forEach(anomaly -> kinds.merge(anomaly.kind(), 1, Integer::sum));
        return verdict.answer() == expected
                && verdict.anomalies().stream().allMatch(anomaly -> MinimalWitness.isMinimal(small, anomaly, oracle));
    }
}
