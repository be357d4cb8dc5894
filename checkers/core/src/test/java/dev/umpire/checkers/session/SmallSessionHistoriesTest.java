package dev.umpire.checkers.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.SessionOracle;
import dev.umpire.checkers.oracle.SmallHistories;
import dev.umpire.checkers.oracle.SmallHistories.Bound;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All small histories against the definition. */
class SmallSessionHistoriesTest {

    @Test
    void onEverySmallHistoryTheAnswersAreThoseOfTheDefinition() {
        compareAll(Bound.of(5, 2));
    }

    @Test
    void onEverySmallHistoryWithUnknownWritesTheAnswersAreThoseOfTheDefinition() {
        compareAll(Bound.of(4, 2).withUnknownWrites());
        compareAll(Bound.of(5, 1).withUnknownWrites());
    }

    @Test
    void onEverySmallHistoryWithCasTheAnswersAreThoseOfTheDefinition() {
        compareAll(Bound.of(4, 1).withCompareAndSet().withUnknownWrites());
    }

    private static void compareAll(Bound bound) {
        Map<Answer, Long> answers = new EnumMap<>(Answer.class);
        long count = SmallHistories.forEach(bound, small -> {
            History history = small.history();
            for (WriteOrder order : WriteOrder.values()) {
                CheckOptions options = new CheckOptions(order, 1, 0);
                answers.merge(
                        compare(small, order, SessionOracle.READ_YOUR_WRITES, ReadYourWrites.check(history, options)),
                        1L,
                        Long::sum);
                answers.merge(
                        compare(small, order, SessionOracle.MONOTONIC_READS, MonotonicReads.check(history, options)),
                        1L,
                        Long::sum);
                compare(
                        small,
                        order,
                        SessionOracle.READ_YOUR_WRITES_AND_MONOTONIC_READS,
                        SharedOrder.check(history, options));
            }
        });
        System.out.println("session guarantees: " + count + " histories " + bound + " " + answers);
        assertThat(answers).containsOnlyKeys(Answer.values());
    }

    static Answer compare(SmallHistory small, WriteOrder order, SessionOracle oracle, Verdict verdict) {
        Answer expected = oracle.judge(small, order);
        if (verdict.answer() != expected) {
            assertThat(verdict.answer())
                    .as(oracle + " " + order + small + verdict)
                    .isEqualTo(expected);
        }
        return expected;
    }
}
