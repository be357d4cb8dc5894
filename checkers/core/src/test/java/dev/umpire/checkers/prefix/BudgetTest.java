package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Deadline;
import org.junit.jupiter.api.Test;

class BudgetTest {

    @Test
    void comparisonsAreTakenTogetherUntilTheyAreWorthAStep() {
        Budget budget = new Budget(2, Deadline.NONE);

        assertThat(budget.takeFor(4_095)).isTrue();
        assertThat(budget.takeFor(4_096))
                .as("one step, and one comparison less than another")
                .isTrue();
        assertThat(budget.takeFor(1)).as("the second").isTrue();
        assertThat(budget.spent()).isTrue();
        assertThat(budget.takeFor(4_095)).isTrue();
        assertThat(budget.takeFor(1)).isFalse();
    }

    @Test
    void manyComparisonsAtOnceSpendWhatIsLeft() {
        Budget budget = new Budget(3, Deadline.NONE);

        assertThat(budget.takeFor(4L * 4_096)).isFalse();
        assertThat(budget.spent()).isTrue();
        assertThat(budget.take()).isFalse();
    }
}
