package dev.umpire.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A column against a plain array, over its pieces' borders and widths. */
class ColumnTest {
    private static final long SEED = Long.getLong("umpire.seed", 20_261_125);
    private static final int ROWS = 200_000;

    @ParameterizedTest
    @CsvSource({
        "-1, 3, 0",
        "-1, 300, 0",
        "2147483647, 100000, 0",
        "-9223372036854775808, 5000000000, 0",
        "-9223372036854775808, 60000, 1700000000000000000",
        "-9223372036854775808, -1, 0",
        "0, -1, -9223372036854775807"
    })
    void aColumnHoldsWhatWasSetLastInWhateverOrder(long absent, long span, long from) {
        Random random = new Random(SEED);
        Column column = new Column(absent);
        long[] expected = new long[ROWS];
        Arrays.fill(expected, absent);
        for (int step = 0; step < 2 * ROWS; step++) {
            int front = step / 2;
            int row = step % 2 == 0 ? front : Math.max(0, front - random.nextInt(random.nextInt(50) == 0 ? ROWS : 40));
            long number = random.nextInt(9) == 0
                    ? absent
                    : from + (span < 0 ? random.nextLong() : (long) (random.nextDouble() * span));
            column.set(row, number);
            expected[row] = number;
            if (step == ROWS) {
                column.close();
            }
        }
        column.trim();
        for (int row = 0; row < ROWS; row++) {
            assertThat(column.get(row)).as("seed " + SEED + ", row " + row).isEqualTo(expected[row]);
        }
        assertThat(column.get(10 * ROWS)).isEqualTo(absent);
    }

    @ParameterizedTest
    @CsvSource({"1", "254", "255", "65534", "65535", "5000000"})
    void aColumnOfIdsIsTakenAsItWasSetInTheNarrowestArray(int largest) {
        Random random = new Random(SEED);
        Column column = new Column(History.NONE);
        Column twin = new Column(History.NONE);
        int[] expected = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            expected[row] = row < 70_000 ? -1 : random.nextInt(largest + 2) - 1;
            column.set(row, expected[row]);
            twin.set(row, expected[row]);
        }
        assertThat(column.isAbsent()).isFalse();
        NarrowInts narrow = column.takeNarrow(ROWS);
        assertThat(twin.takeInts(ROWS)).isEqualTo(expected);
        for (int row = 0; row < ROWS; row++) {
            assertThat(narrow.get(row)).as("row " + row).isEqualTo(expected[row]);
        }
    }
}
