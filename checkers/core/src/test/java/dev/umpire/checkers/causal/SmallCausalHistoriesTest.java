package dev.umpire.checkers.causal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.CausalOracle;
import dev.umpire.checkers.oracle.SmallHistories;
import dev.umpire.checkers.oracle.SmallHistories.Bound;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All small histories against the definition. */
class SmallCausalHistoriesTest {

    @Test
    void onEverySmallHistoryTheAnswersAreThoseOfTheDefinition() {
        compareAll(Bound.of(4, 2));
        compareAll(Bound.of(5, 1));
    }

    @Test
    void onEverySmallHistoryWithUnknownWritesAndSnapshotsTheAnswersAreThoseOfTheDefinition() {
        compareAll(Bound.of(4, 2).withUnknownWrites().withSnapshots());
        compareAll(Bound.of(4, 1).withUnknownWrites().withFailedWrites());
    }

    @Test
    void onEverySmallHistoryWithCasTheAnswersAreThoseOfTheDefinition() {
        compareAll(Bound.of(4, 1).withCompareAndSet().withUnknownWrites());
    }

    private static void compareAll(Bound bound) {
        Map<Answer, Long> answers = new EnumMap<>(Answer.class);
        CheckOptions options = CheckOptions.DEFAULT.withAnomalyLimit(1);
        long count = SmallHistories.forEach(bound, small -> {
            History history = small.history();
            compare(small, CausalOracle.CAUSAL, Causal.check(history, options), answers);
            compare(small, CausalOracle.CAUSAL_CONVERGENCE, CausalConvergence.check(history, options), answers);
            compare(small, CausalOracle.CAUSAL_MEMORY, CausalMemory.check(history, options), answers);
            compare(small, CausalOracle.PRAM, Pram.check(history, options), answers);
        });
        System.out.println("causal: " + count + " histories " + bound + " " + answers);
        assertThat(answers).containsOnlyKeys(Answer.values());
    }

    private static void compare(SmallHistory small, CausalOracle oracle, Verdict verdict, Map<Answer, Long> answers) {
        Answer expected = oracle.judge(small);
        if (verdict.answer() != expected) {
            assertThat(verdict.answer()).as(oracle + " " + small + verdict).isEqualTo(expected);
        }
        answers.merge(expected, 1L, Long::sum);
    }
}
