package dev.umpire.checkers.session;

import dev.umpire.checkers.oracle.DeedHistory;
import dev.umpire.checkers.oracle.RandomDeeds;
import dev.umpire.checkers.oracle.RandomDeeds.Shape;
import dev.umpire.checkers.oracle.SessionsByDefinition;
import dev.umpire.checkers.oracle.SessionsByDefinition.Part;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** Random histories of lists and transactions against the definition. */
class RandomDeedsTest {

    @Test
    void listsAreJudgedAsByDefinition() {
        check(300, new Shape(12, 3, 1, 1, 1, false, false, false));
        check(300, new Shape(12, 3, 2, 2, 1, true, true, false));
    }

    @Test
    void transactionsAreJudgedAsByDefinition() {
        check(300, new Shape(10, 3, 2, 0, 3, false, true, false));
        check(300, new Shape(10, 3, 2, 1, 3, true, true, false));
        check(200, new Shape(10, 3, 2, 2, 3, true, true, false));
    }

    @Test
    void reportedVersionsAreJudgedAsByDefinition() {
        check(300, new Shape(10, 3, 2, 0, 1, true, false, true));
        check(300, new Shape(10, 3, 2, 1, 2, true, false, true));
    }

    private static void check(int count, Shape shape) {
        new RandomDeeds().check(count, shape, RandomDeedsTest::isAsDefined);
    }

    private static boolean isAsDefined(DeedHistory small) {
        History history = small.history();
        boolean equal = true;
        for (WriteOrder order : WriteOrder.values()) {
            CheckOptions options = new CheckOptions(order, 3, 0);
            equal &= ReadYourWrites.check(history, options).answer()
                    == SessionsByDefinition.judge(small, EnumSet.of(Part.READ_YOUR_WRITES), order);
            equal &= MonotonicReads.check(history, options).answer()
                    == SessionsByDefinition.judge(small, EnumSet.of(Part.MONOTONIC_READS), order);
            equal &= SharedOrder.check(history, options).answer()
                    == SessionsByDefinition.judge(
                            small, EnumSet.of(Part.READ_YOUR_WRITES, Part.MONOTONIC_READS), order);
        }
        return equal;
    }
}
