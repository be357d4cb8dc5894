package dev.umpire.checkers.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Joined reads and the earliest operation first decide most histories of registers; what is left takes few steps. */
class FewStepsTest {
    private static final List<Shape> SHAPES = List.of(
            new Shape(14, 3, 2, true, false, false, 0),
            new Shape(20, 4, 3, true, false, false, 0),
            new Shape(10, 3, 1, false, false, false, 0));

    private int held;
    private int heldAtOnce;

    private boolean count(SmallHistory history, long budget) {
        Answer answer =
                Sequential.check(history.history(), CheckOptions.DEFAULT).answer();
        Answer early = Sequential.check(history.history(), CheckOptions.DEFAULT.withSearchBudget(budget))
                .answer();
        held += answer == Answer.VALID ? 1 : 0;
        heldAtOnce += answer == Answer.VALID && early == Answer.VALID ? 1 : 0;
        return early == answer || early == Answer.UNKNOWN;
    }

    private void judge(long budget) {
        SHAPES.forEach(shape -> new RandomHistories().check(400, shape, history -> count(history, budget)));
    }

    @Test
    void mostNeedNoSearch() {
        judge(0);
        assertThat(heldAtOnce).isGreaterThan(held * 85 / 100);
    }

    @Test
    void twentyStepsAreEnoughForNearlyAll() {
        judge(20);
        assertThat(heldAtOnce).isGreaterThan(held * 95 / 100);
    }
}
