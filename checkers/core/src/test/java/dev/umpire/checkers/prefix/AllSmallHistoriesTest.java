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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllSmallHistoriesTest {

    /** Of five operations one history in so many is usual, as all take half a minute of a core. */
    private static final int USUAL = 5;

    @Test
    void allHistoriesOfFourOperationsWithSnapshotsUnknownWritesAndCasAreJudgedAsDefined() {
        judgeAll(Bound.of(4, 2).withSnapshots().withUnknownWrites().withCompareAndSet(), Promise.CONSISTENT);
    }

    @Test
    void allHistoriesOfFourOperationsInRealTimeAreJudgedAsDefined() {
        judgeAll(Bound.of(4, 2).withSnapshots().withUnknownWrites(), Promise.STRICT);
    }

    @Test
    void allHistoriesOfFourOperationsOfSessionsThatMustNotGoBackAreJudgedAsDefined() {
        judgeAll(Bound.of(4, 2).withSnapshots().withCompareAndSet(), Promise.MONOTONIC);
    }

    /** Without a snapshot they cannot be broken, so that the oracle is spared. */
    @Test
    void historiesOfFiveOperationsWithSnapshotsAreJudgedAsDefined() {
        judge(Bound.of(5, 2).withSnapshots(), USUAL, Promise.CONSISTENT);
    }

    private static void judgeAll(Bound bound, Promise promise) {
        judge(bound, 1, promise);
    }

    private static void judge(Bound bound, int usual, Promise promise) {
        Map<Answer, Long> answers = new EnumMap<>(Answer.class);
        long count = SmallHistories.forEach(bound, usual, small -> {
            History history = small.history();
            Answer unassumed = define(history, WriteOrder.NONE, promise);
            List<WriteOrder> assumptions =
                    promise == Promise.STRICT ? List.of(WriteOrder.NONE) : List.of(WriteOrder.values());
            for (WriteOrder assumption : assumptions) {
                // a session's writes are ordered by happens-before already; more assumptions never mend anything
                Answer defined = assumption == WriteOrder.REAL_TIME && unassumed != Answer.INVALID
                        ? define(history, assumption, promise)
                        : unassumed;
                Verdict verdict = Judgement.check(history, CheckOptions.DEFAULT.with(assumption), promise);
                if (verdict.answer() != defined) {
                    assertThat(verdict)
                            .as(promise + " " + assumption + small.toString())
                            .extracting(Verdict::answer)
                            .isEqualTo(defined);
                }
                answers.merge(verdict.answer(), 1L, Long::sum);
            }
        });
        System.out.println(promise + " " + bound + ": " + count + " histories: " + answers);
        assertThat(answers).containsKeys(Answer.VALID, Answer.INVALID);
    }

    private static Answer define(History history, WriteOrder assumption, Promise promise) {
        boolean mayBreak = false;
        for (int operation = 0; operation < history.size(); operation++) {
            mayBreak |= history.readCount(operation) + history.writeCount(operation) > 1;
        }
        if (!mayBreak && promise == Promise.CONSISTENT) {
            return Answer.UNKNOWN;
        }
        return PrefixOracle.judge(history, assumption, promise);
    }
}
