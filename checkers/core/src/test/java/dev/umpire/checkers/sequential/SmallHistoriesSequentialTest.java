package dev.umpire.checkers.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.SmallHistories;
import dev.umpire.checkers.oracle.SmallHistories.Bound;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** All small histories against the definition. */
class SmallHistoriesSequentialTest {

    @Test
    void readsAndWritesOfTwoKeysAreJudgedAsDefined() {
        assertAgreement(Bound.of(4, 2));
    }

    @Test
    void writesOfUnknownOutcomeAndFailedOnesAreJudgedAsDefined() {
        assertAgreement(Bound.of(4, 2).withUnknownWrites().withFailedWrites());
    }

    @Test
    void compareAndSetIsJudgedAsDefined() {
        assertAgreement(Bound.of(4, 1).withCompareAndSet());
    }

    @Test
    void snapshotsOfTwoKeysAreJudgedAsDefined() {
        assertAgreement(Bound.of(4, 2).withSnapshots());
    }

    private static void assertAgreement(Bound bound) {
        int[] broken = new int[1];
        long count = SmallHistories.forEach(bound, history -> {
            boolean expected = SequentialOracle.isSequential(history);
            broken[0] += expected ? 0 : 1;
            assertJudged(history, expected);
        });
        assertThat(broken[0]).as("broken ones of " + count).isPositive();
    }

    static void assertJudged(SmallHistory history, boolean sequential) {
        Verdict verdict = Sequential.check(history.history(), CheckOptions.DEFAULT);
        Answer expected = !sequential ? Answer.INVALID : verdict.obliged() == 0 ? Answer.UNKNOWN : Answer.VALID;
        assertThat(verdict.answer()).as(() -> history + " " + verdict).isEqualTo(expected);
    }
}
