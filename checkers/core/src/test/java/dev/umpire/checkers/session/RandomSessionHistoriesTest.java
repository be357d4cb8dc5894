package dev.umpire.checkers.session;

import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.SessionOracle;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import org.junit.jupiter.api.Test;

/** Random histories against the definition. */
class RandomSessionHistoriesTest {

    @Test
    void sequentialSessionsAreJudgedAsByDefinition() {
        check(4000, new Shape(14, 3, 2, false, false, true, 0));
    }

    @Test
    void overlappingOperationsOfOneSessionAreJudgedAsByDefinition() {
        check(4000, new Shape(12, 2, 1, true, false, false, 0));
    }

    @Test
    void casAreJudgedAsByDefinition() {
        check(3000, new Shape(10, 3, 1, false, true, false, 0));
        check(3000, new Shape(10, 2, 1, true, true, true, 0));
    }

    @Test
    void reportedVersionsAreJudgedAsByDefinition() {
        check(2000, new Shape(12, 3, 1, false, false, false, 1));
        check(2000, new Shape(10, 3, 1, true, true, false, 1));
    }

    @Test
    void reportedPositionsAreJudgedAsByDefinition() {
        check(2000, new Shape(12, 3, 2, true, false, true, 2));
    }

    private static void check(int count, Shape shape) {
        new RandomHistories().check(count, shape, RandomSessionHistoriesTest::isAsDefined);
    }

    private static boolean isAsDefined(SmallHistory small) {
        History history = small.history();
        boolean equal = true;
        for (WriteOrder order : WriteOrder.values()) {
            CheckOptions options = new CheckOptions(order, 3, 0);
            equal &= ReadYourWrites.check(history, options).answer()
                    == SessionOracle.READ_YOUR_WRITES.judge(small, order);
            equal &= MonotonicReads.check(history, options).answer()
                    == SessionOracle.MONOTONIC_READS.judge(small, order);
            equal &= SharedOrder.check(history, options).answer()
                    == SessionOracle.READ_YOUR_WRITES_AND_MONOTONIC_READS.judge(small, order);
        }
        return equal;
    }
}
