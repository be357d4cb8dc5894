package dev.umpire.checkers.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Dead ends against a plain list of all that were added. */
class DeadEndsTest {
    private static final int AGREEING = 3;
    private static final int COUNTED = 2;

    @Test
    void aRowIsKnownIfOneThatSpentNoMoreOfAnyKindWasAdded() {
        Random random = new Random(Long.getLong("umpire.seed", 1));
        DeadEnds ends = new DeadEnds(AGREEING, COUNTED);
        List<int[]> all = new ArrayList<>();
        int known = 0;
        for (int i = 0; i < 2_000; i++) {
            int[] row = new int[AGREEING + COUNTED];
            for (int place = 0; place < row.length; place++) {
                row[place] = random.nextInt(place < AGREEING ? 6 : 4);
            }
            boolean covered = all.stream().anyMatch(other -> covers(other, row));
            assertThat(ends.contains(row)).isEqualTo(covered);
            known += covered ? 1 : 0;
            if (random.nextBoolean() || covered) {
                ends.add(row);
                all.add(row);
                assertThat(ends.contains(row)).isTrue();
            }
        }
        assertThat(known).isBetween(200, 1_800);
    }

    private static boolean covers(int[] other, int[] row) {
        for (int i = 0; i < row.length; i++) {
            if (i < AGREEING ? other[i] != row[i] : other[i] > row[i]) {
                return false;
            }
        }
        return true;
    }

    @Test
    void theSizeIsThatOfTheArraysWhichDoubleWhereTheyAreFull() {
        DeadEnds ends = new DeadEnds(1, 1);
        // 64 rows of two ints with a link each, and 128 slots
        assertThat(ends.sizeBytes()).isEqualTo(4 * (64 * 2 + 64 + 128));
        for (int i = 0; i < 64; i++) {
            ends.add(new int[] {i, 0});
        }
        assertThat(ends.sizeBytes()).isEqualTo(4 * (64 * 2 + 64 + 128));
        ends.add(new int[] {64, 0});
        assertThat(ends.sizeBytes()).isEqualTo(4 * (128 * 2 + 128 + 256));
        for (int i = 65; i < 128; i++) {
            // as many as there is room for, and no further keys, so that no slots are needed
            ends.add(new int[] {64, i});
        }
        assertThat(ends.sizeBytes()).isEqualTo(4 * (128 * 2 + 128 + 256));
    }
}
