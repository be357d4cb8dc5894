package dev.umpire.checkers.linearizable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Configurations against a plain list of all that were added. */
class ConfigurationsTest {
    /** Two counters in one word, of three bits and a guard each, and one in another. */
    private static final long[] GUARDS = {0x88, 0x8};

    @Test
    void aConfigurationIsAddedUnlessOneThatSpentNoMoreOfAnyKindIsThere() {
        Random random = new Random(Long.getLong("umpire.seed", 1));
        Configurations configurations = new Configurations(2, GUARDS);
        List<long[]> all = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            long[] row = {
                (long) random.nextInt(8) << 32 | random.nextInt(4),
                1L << random.nextInt(64),
                random.nextInt(8) << 4 | random.nextInt(8),
                random.nextInt(8)
            };
            boolean covered = all.stream().anyMatch(other -> covers(other, row));
            assertThat(configurations.add(row)).isEqualTo(!covered);
            if (!covered) {
                all.add(row);
            }
            assertThat(configurations.size()).isEqualTo(all.size());
            assertThat(configurations.add(row)).isFalse();
        }
        assertThat(all.size()).isBetween(1_000, 3_900);
    }

    private static boolean covers(long[] other, long[] row) {
        return other[0] == row[0]
                && other[1] == row[1]
                && (other[2] >> 4) <= (row[2] >> 4)
                && (other[2] & 7) <= (row[2] & 7)
                && other[3] <= row[3];
    }

    @Test
    void theSizeIsThatOfTheArraysWhichDoubleWhereTheyAreFull() {
        Configurations configurations = new Configurations(1, new long[0]);
        // 64 rows of a word, with a link each, and 128 slots
        long first = 8 * 64 + 4 * 64 + 4 * 128;
        assertThat(configurations.sizeBytes()).isEqualTo(first);
        for (int i = 0; i < 64; i++) {
            configurations.add(new long[] {i});
        }
        assertThat(configurations.sizeBytes()).isEqualTo(first);
        configurations.add(new long[] {64});
        assertThat(configurations.sizeBytes()).isEqualTo(2 * first);
    }
}
