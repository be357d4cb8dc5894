package dev.umpire.checkers.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.SmallHistories.Bound;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SmallHistoriesTest {

    @Test
    void aSingleOperationIsAReadOfNothingOrAWrite() {
        assertThat(SmallHistories.forEach(Bound.of(1, 2), history -> {})).isEqualTo(2);
    }

    @Test
    void twoOperationsOnOneKeyAreCountedByHand() {
        // one operation: 2. One session: rr, rw, wr (the read returns nil or the write), ww: 5.
        // Two sessions one after the other: the same 5. Overlapping, sessions exchanged at will: rr, rw (2 results),
        // ww: 4;
        // whoever completes first makes no difference, as nothing begins between.
        assertThat(SmallHistories.forEach(Bound.of(2, 1), history -> {})).isEqualTo(2 + 5 + 5 + 4);
    }

    @Test
    void ofTheLargestOneInFiveIsToldAndOfTheOthersAll() {
        long all = SmallHistories.forEach(Bound.of(3, 2), history -> {});
        long smaller = SmallHistories.forEach(Bound.of(2, 2), history -> {});

        long told = SmallHistories.forEach(Bound.of(3, 2), 5, history -> {});

        long stride = Share.isSmall() ? 1 : Share.stride(5);
        assertThat(told).isEqualTo(smaller + (all - smaller + stride - 1) / stride);
    }

    @Test
    void noHistoryComesTwice() {
        Set<String> seen = new HashSet<>();
        Bound bound = Bound.of(4, 2).withUnknownWrites().withSnapshots();
        long count = SmallHistories.forEach(
                bound,
                history -> assertThat(seen.add(history.toString()))
                        .as(history.toString())
                        .isTrue());
        assertThat(count).isEqualTo(seen.size());
    }
}
