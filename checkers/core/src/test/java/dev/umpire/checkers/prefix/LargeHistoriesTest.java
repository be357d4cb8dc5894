package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bound is no statement of speed: it is what a quadratic step would exceed many times over. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LargeHistoriesTest {
    private static final int OPERATIONS = 200_000;

    @Test
    void manyLaggingFollowersOfOneLogKeepIt() {
        History history = LargeHistory.of(OPERATIONS, 0, false);
        for (WriteOrder order : List.of(WriteOrder.REAL_TIME, WriteOrder.NONE)) {
            Verdict verdict = ConsistentPrefix.check(history, CheckOptions.DEFAULT.with(order));
            assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        }
    }

    @Test
    void manyLaggingFollowersKeepItWithPositions() {
        Verdict verdict = ConsistentPrefix.check(LargeHistory.of(OPERATIONS, 0, true), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void aFewTornSnapshotsAmongManyAreFound() {
        Verdict inferred = ConsistentPrefix.check(LargeHistory.of(OPERATIONS, 20, false), CheckOptions.DEFAULT);
        assertThat(inferred.answer()).isEqualTo(Answer.INVALID);
        Verdict positions = ConsistentPrefix.check(LargeHistory.of(OPERATIONS, 20, true), CheckOptions.DEFAULT);
        assertThat(positions.answer()).isEqualTo(Answer.INVALID);
        assertThat(positions.anomalyCount()).isBetween(10L, 20L);
    }

    @Test
    void aCircleOfThousandsOfCasIsToldShortly() {
        int cas = 10_000;
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= cas; i++) {
            lines.append("10..20 session ").append(i).append(" n1 cas x ");
            lines.append(i == 1 ? cas : i - 1).append(' ').append(i).append('\n');
        }
        Verdict verdict = ConsistentPrefix.check(Written.history(lines.toString()), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies())
                .allSatisfy(anomaly -> assertThat(anomaly.sentence()).hasSizeLessThan(2_000));
    }

    @Test
    void whatIsBrokenEverywhereIsNotCountedToTheEnd() {
        Verdict verdict = ConsistentPrefix.check(LargeHistory.of(50_000, 1_000, false), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies()).hasSize(CheckOptions.DEFAULT.anomalyLimit());
        assertThat(verdict.anomalyCountIsLowerBound()).isTrue();
    }
}
