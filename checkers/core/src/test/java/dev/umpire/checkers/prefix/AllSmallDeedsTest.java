package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.DeedHistory;
import dev.umpire.checkers.oracle.PrefixByDefinition;
import dev.umpire.checkers.oracle.PrefixByDefinition.Promised;
import dev.umpire.checkers.oracle.SmallDeeds;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.WriteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All small histories of lists and transactions. */
class AllSmallDeedsTest {
    private final Map<Answer, Long> answers = new EnumMap<>(Answer.class);

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, false"})
    void allOfThreeOperationsAreJudgedAsByDefinition(boolean first, boolean second) {
        long count = SmallDeeds.forEach(List.of(first, second), small -> {
            judge(small, Promise.CONSISTENT, Promised.NOTHING_MORE, WriteOrder.REAL_TIME);
            judge(small, Promise.MONOTONIC, Promised.NEVER_BACK, WriteOrder.NONE);
        });
        System.out.println(count + " small histories of lists and transactions: " + answers);
        assertThat(answers).containsKeys(Answer.VALID, Answer.INVALID);
    }

    private void judge(DeedHistory small, Promise promise, Promised promised, WriteOrder order) {
        Answer found = Judgement.check(small.history(), CheckOptions.DEFAULT.with(order), promise)
                .answer();
        Answer defined = PrefixByDefinition.judge(small, order, promised);
        if (found != defined) {
            assertThat(found).as(promise + " " + order + small).isEqualTo(defined);
        }
        answers.merge(found, 1L, Long::sum);
    }
}
