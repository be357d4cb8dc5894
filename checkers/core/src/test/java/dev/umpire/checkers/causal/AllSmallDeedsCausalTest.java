package dev.umpire.checkers.causal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.CausalByDefinition;
import dev.umpire.checkers.oracle.SmallDeeds;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All small histories of lists and transactions. */
class AllSmallDeedsCausalTest {
    private final Map<Answer, Long> answers = new EnumMap<>(Answer.class);

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, false"})
    void allOfThreeOperationsAreJudgedAsByDefinition(boolean first, boolean second) {
        long count = SmallDeeds.forEach(List.of(first, second), small -> {
            History history = small.history();
            Map<CausalByDefinition, Verdict> verdicts = new EnumMap<>(CausalByDefinition.class);
            verdicts.put(CausalByDefinition.CAUSAL, Causal.check(history, CheckOptions.DEFAULT));
            verdicts.put(CausalByDefinition.CAUSAL_MEMORY, CausalMemory.check(history, CheckOptions.DEFAULT));
            verdicts.put(CausalByDefinition.CAUSAL_CONVERGENCE, CausalConvergence.check(history, CheckOptions.DEFAULT));
            verdicts.put(CausalByDefinition.PRAM, Pram.check(history, CheckOptions.DEFAULT));
            verdicts.forEach((definition, verdict) -> {
                Answer defined = definition.judge(small);
                if (verdict.answer() != defined) {
                    assertThat(verdict)
                            .as(definition + small.toString())
                            .extracting(Verdict::answer)
                            .isEqualTo(defined);
                }
                answers.merge(defined, 1L, Long::sum);
            });
        });
        System.out.println(count + " small histories of lists and transactions: " + answers);
        assertThat(answers).containsKeys(Answer.VALID, Answer.INVALID);
    }
}
