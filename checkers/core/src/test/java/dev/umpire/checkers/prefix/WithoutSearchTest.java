package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.DeedHistory;
import dev.umpire.checkers.oracle.RandomDeeds;
import dev.umpire.checkers.oracle.RandomDeeds.Shape;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.WriteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What lagging readers of one store recorded is decided without a search: the order in which the effects of the writes are
 * proven is the first that is tried, and nearly always it is right.
 */
class WithoutSearchTest {
    private int judged;
    private int decided;

    /** Counts what is decided, and what of it needs no search. */
    private boolean count(DeedHistory small, Promise promise, WriteOrder order) {
        CheckOptions options = CheckOptions.DEFAULT.with(order);
        Answer answer = Judgement.check(small.history(), options, promise).answer();
        Answer unsearched = Judgement.check(small.history(), options.withSearchBudget(0), promise)
                .answer();
        judged += answer == Answer.UNKNOWN ? 0 : 1;
        decided += answer != Answer.UNKNOWN && answer == unsearched ? 1 : 0;
        return unsearched == answer || unsearched == Answer.UNKNOWN;
    }

    private void judge(Shape shape) {
        for (Promise promise : Promise.values()) {
            for (WriteOrder order : WriteOrder.values()) {
                new RandomDeeds().check(60, shape, small -> count(small, promise, order));
            }
        }
    }

    @Test
    void readsOfOneKeyNeedNone() {
        judge(new Shape(9, 3, 2, 2, 1, true, false, false));
        judge(new Shape(9, 3, 2, 0, 1, false, false, false));
        judge(new Shape(12, 4, 3, 1, 1, true, false, false));
        assertThat(decided).isEqualTo(judged);
        assertThat(judged).isPositive();
    }

    @Test
    void transactionsOfOneStoreSeldomNeedOne() {
        for (Shape shape : List.of(
                new Shape(7, 3, 2, 2, 3, true, false, false),
                new Shape(7, 3, 2, 1, 2, false, false, false),
                new Shape(9, 3, 2, 0, 3, false, false, true),
                new Shape(14, 4, 3, 0, 3, true, false, false))) {
            judge(shape);
        }
        assertThat(decided).isGreaterThan(Share.seen(judged * 96 / 100));
    }
}
