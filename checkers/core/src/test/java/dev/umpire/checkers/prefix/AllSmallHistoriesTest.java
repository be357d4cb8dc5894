package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.SmallHistories;
import dev.umpire.checkers.oracle.SmallHistories.Bound;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllSmallHistoriesTest {

    @Test
    void allHistoriesOfFourOperationsWithSnapshotsUnknownWritesAndCasAreJudgedAsDefined() {
        judgeAll(Bound.of(4, 2).withSnapshots().withUnknownWrites().withCompareAndSet());
    }

    /** Without a snapshot they cannot be broken, so that the oracle is spared. */
    @Test
    void allHistoriesOfFiveOperationsWithSnapshotsAreJudgedAsDefined() {
        judgeAll(Bound.of(5, 2).withSnapshots());
    }

    private static void judgeAll(Bound bound) {
        Map<Answer, Long> answers = new EnumMap<>(Answer.class);
        long count = SmallHistories.forEach(bound, small -> {
            History history = small.history();
            Answer unassumed = define(history, WriteOrder.NONE);
            for (WriteOrder assumption : WriteOrder.values()) {
                // a session's writes are ordered by happens-before already; more assumptions never mend anything
                Answer defined = assumption == WriteOrder.REAL_TIME && unassumed != Answer.INVALID
                        ? define(history, assumption)
                        : unassumed;
                Verdict verdict = ConsistentPrefix.check(history, CheckOptions.DEFAULT.with(assumption));
                if (verdict.answer() != defined) {
                    assertThat(verdict)
                            .as(assumption + small.toString())
                            .extracting(Verdict::answer)
                            .isEqualTo(defined);
                }
                answers.merge(verdict.answer(), 1L, Long::sum);
            }
        });
        System.out.println(bound + ": " + count + " histories, three write orders: " + answers);
        assertThat(answers).containsKeys(Answer.VALID, Answer.INVALID);
    }

    private static Answer define(History history, WriteOrder assumption) {
        boolean mayBreak = false;
        boolean reads = false;
        for (int operation = 0; operation < history.size(); operation++) {
            reads |= history.readCount(operation) > 0;
            mayBreak |= history.readCount(operation) + history.writeCount(operation) > 1;
        }
        if (!mayBreak) {
            return reads ? Answer.VALID : Answer.UNKNOWN;
        }
        return PrefixOracle.judge(history, assumption);
    }
}
