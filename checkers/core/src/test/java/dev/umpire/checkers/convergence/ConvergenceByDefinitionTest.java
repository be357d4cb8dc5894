package dev.umpire.checkers.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.ConvergenceOracle;
import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.SmallHistories;
import dev.umpire.checkers.oracle.SmallHistories.Bound;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import org.junit.jupiter.api.Test;

/** Durability and eventual consistency against their definitions. */
class ConvergenceByDefinitionTest {

    @Test
    void onEverySmallHistoryTheAnswersAreThoseOfTheDefinition() {
        long count = SmallHistories.forEach(
                Bound.of(4, 2).withUnknownWrites().withFailedWrites(), ConvergenceByDefinitionTest::compare);
        count += SmallHistories.forEach(
                Bound.of(4, 1).withUnknownWrites().withCompareAndSet(), ConvergenceByDefinitionTest::compare);
        System.out.println("durability and eventual: " + count + " histories");
    }

    private static void compare(SmallHistory small) {
        SmallHistory marked = ConvergenceOracle.withFinalReads(small);
        if (!isAsDefined(marked)) {
            assertThat(marked.toString())
                    .as("durability or eventual differs from the definition")
                    .isEmpty();
        }
    }

    @Test
    void onRandomHistoriesTheAnswersAreThoseOfTheDefinition() {
        RandomHistories random = new RandomHistories();
        random.check(
                4000,
                new Shape(12, 3, 2, false, false, true, 0),
                small -> isAsDefined(ConvergenceOracle.withFinalReads(small)));
        random.check(
                4000,
                new Shape(10, 3, 1, true, true, true, 1),
                small -> isAsDefined(ConvergenceOracle.withFinalReads(small)));
    }

    private static boolean isAsDefined(SmallHistory small) {
        History history = small.history();
        if (small.operations().stream()
                .noneMatch(o -> history.isFinal(small.operations().indexOf(o)))) {
            // without marks other reads would be final
            return true;
        }
        boolean equal = Eventual.check(history, CheckOptions.DEFAULT).answer() == ConvergenceOracle.eventual(small);
        for (WriteOrder order : WriteOrder.values()) {
            equal &= Durability.check(history, new CheckOptions(order, 3, 0)).answer()
                    == ConvergenceOracle.durability(small, order);
        }
        return equal;
    }
}
