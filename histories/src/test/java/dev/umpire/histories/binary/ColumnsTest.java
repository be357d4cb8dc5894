package dev.umpire.histories.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.histories.event.MalformedHistoryException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns come back as they were, whatever stands in them. */
class ColumnsTest {
    private static final long SEED = Long.getLong("umpire.seed", 4);
    private static final long ABSENT = ColumnWriter.ABSENT;
    private static final int COLUMNS = 600;

    private final ColumnWriter writer = new ColumnWriter();
    private final ColumnReader reader = new ColumnReader();

    @ParameterizedTest
    @EnumSource
    void randomColumnsComeBackAsTheyWere(Transform transform) throws MalformedHistoryException {
        for (long seed = SEED; seed < SEED + COLUMNS; seed++) {
            Random random = new Random(seed);
            int rows = random.nextInt(400);
            // Columns that reserve 0 hold ids of values; the others anything
            int bits = random.nextInt(transform.reservesZero() ? 32 : 65);
            long[] reference = drawn(random, rows, Math.min(bits, 31), transform.reservesZero(), false);
            long[] numbers = drawn(random, rows, bits, transform.reservesZero(), random.nextBoolean());
            if (transform == Transform.REFERENCE && random.nextBoolean() && rows > 0) {
                reference[random.nextInt(rows)] = ABSENT;
            }
            assertReadBack(transform, numbers, reference, rows, "seed " + seed);
        }
    }

    private static long[] drawn(Random random, int rows, int bits, boolean ids, boolean absent) {
        long[] numbers = new long[rows];
        long slope = random.nextInt(3);
        for (int row = 0; row < rows; row++) {
            long number = bits == 0 ? 0 : random.nextLong() >>> (Long.SIZE - bits);
            boolean outlier = random.nextInt(50) == 0;
            numbers[row] = slope * row + (outlier ? number : number & 0x3ff);
            numbers[row] =
                    ids ? numbers[row] & Integer.MAX_VALUE : random.nextInt(90) == 0 ? -numbers[row] : numbers[row];
            numbers[row] = numbers[row] == ABSENT || (absent && random.nextInt(5) == 0) ? ABSENT : numbers[row];
        }
        return numbers;
    }

    @Test
    void everyWidthIsPackedAndUnpacked() throws MalformedHistoryException {
        Random random = new Random(SEED);
        for (int width = 0; width <= Long.SIZE; width++) {
            for (int rows : new int[] {1, 7, 8, 9, 64, 1_000}) {
                long[] numbers = new long[rows];
                for (int row = 0; row < rows; row++) {
                    numbers[row] = width == 0 ? 5 : random.nextLong() >>> (Long.SIZE - width);
                    numbers[row] = numbers[row] == ABSENT ? 1 : numbers[row];
                }
                assertReadBack(Transform.PLAIN, numbers, new long[0], rows, "width " + width + ", rows " + rows);
            }
        }
    }

    @Test
    void smallNumbersAreReadAsBytesWithinTheirBoundsAndElseNotAtAll() throws MalformedHistoryException {
        Random random = new Random(SEED);
        int read = 0;
        for (int column = 0; column < 20 * COLUMNS; column++) {
            int rows = 1 + random.nextInt(40);
            int base = random.nextInt(300) - 20;
            int span = 1 + random.nextInt(1 << random.nextInt(9));
            long[] numbers = new long[rows];
            for (int row = 0; row < rows; row++) {
                numbers[row] = (long) base + random.nextInt(span);
            }
            long least = Arrays.stream(numbers).min().getAsLong();
            long most = Arrays.stream(numbers).max().getAsLong();
            int lowest = (int) least - random.nextInt(2) + (random.nextInt(8) == 0 ? 1 : 0);
            int highest = (int) most + random.nextInt(2) - (random.nextInt(8) == 0 ? 1 : 0);
            lowest = Math.max(-1, lowest);
            highest = Math.min(0xfe, highest);
            ContentWriter out = new ContentWriter();
            writer.write(out, numbers, rows, ABSENT, Transform.PLAIN);
            out.u8(0xEE);
            ContentReader in = new ContentReader(
                    "column", Arrays.copyOf(out.bytes(), out.size() + ContentReader.SLACK_BYTES), out.size(), 0);
            byte[] bytes = new byte[rows + 3];
            boolean within = reader.readBytes(in, bytes, 2, rows, lowest, highest);
            String name = "column " + column + " of seed " + SEED;
            if (within) {
                read++;
                assertThat(least).as(name).isGreaterThanOrEqualTo(lowest);
                assertThat(most).as(name).isLessThanOrEqualTo(highest);
                for (int row = 0; row < rows; row++) {
                    assertThat((bytes[2 + row] & 0xff) - 1).as(name).isEqualTo((int) numbers[row]);
                }
                assertThat(new byte[] {bytes[0], bytes[1], bytes[rows + 2]})
                        .as(name)
                        .containsOnly(0);
            } else {
                // of 8 bits or with numbers told one by one, or out of bounds: read as any other
                reader.read(in, new long[rows], rows, ABSENT);
            }
            assertThat(in.u8()).as(name).isEqualTo(0xEE);
        }
        assertThat(read).isGreaterThan(COLUMNS);
    }

    @Test
    void aColumnThatEqualsItsReferenceIsPassedOverAndSoIsAnAbsentOne() throws MalformedHistoryException {
        long[] reference = {3, 1, 4, 1, 5};
        ContentWriter out = new ContentWriter();
        writer.write(out, new long[] {ABSENT, ABSENT}, 2, ABSENT, Transform.PLAIN);
        writer.write(out, reference, 5, ABSENT, reference, Transform.REFERENCE);
        writer.write(out, new long[] {4, 2, 5, 2, 6}, 5, ABSENT, reference, Transform.REFERENCE);
        ContentReader in = new ContentReader(
                "column", Arrays.copyOf(out.bytes(), out.size() + ContentReader.SLACK_BYTES), out.size(), 0);
        assertThat(reader.passEqual(in)).isFalse();
        assertThat(reader.passAbsent(in)).isTrue();
        assertThat(reader.passAbsent(in)).isFalse();
        assertThat(reader.passEqual(in)).isTrue();
        assertThat(reader.passEqual(in)).isFalse();
        long[] numbers = new long[5];
        assertThat(reader.read(in, numbers, 5, ABSENT, reference)).isEqualTo(5);
        assertThat(numbers).containsExactly(4, 2, 5, 2, 6);
        in.expectEnd();
    }

    @Test
    void aFullColumnOfRisingTimesTakesFewBits() throws MalformedHistoryException {
        Random random = new Random(SEED);
        long[] times = new long[ColumnWriter.MAX_ROWS];
        long now = 1_700_000_000_000_000_000L;
        for (int row = 0; row < times.length; row++) {
            now += random.nextInt(1 << 16);
            times[row] = now;
        }
        int bytes = assertReadBack(Transform.DELTA, times, new long[0], times.length, "times");
        assertThat(bytes).isLessThan(2 * times.length + 100);
    }

    @Test
    void oneOutlierDoesNotWidenTheOthers() throws MalformedHistoryException {
        long[] numbers = new long[1_000];
        numbers[500] = Long.MAX_VALUE;
        assertThat(assertReadBack(Transform.PLAIN, numbers, new long[0], numbers.length, "outlier"))
                .isLessThan(40);
    }

    private int assertReadBack(Transform transform, long[] numbers, long[] reference, int rows, String name)
            throws MalformedHistoryException {
        ContentWriter out = new ContentWriter();
        writer.write(out, numbers, rows, ABSENT, reference, transform);
        out.u8(0xEE);
        byte[] bytes = Arrays.copyOf(out.bytes(), out.size() + ContentReader.SLACK_BYTES);
        ContentReader in = new ContentReader("column", bytes, out.size(), 0);
        long[] again = new long[rows];
        int present = reader.read(in, again, rows, ABSENT, reference);
        assertThat(again).as(name).isEqualTo(numbers);
        assertThat(present).as(name).isEqualTo((int)
                Arrays.stream(numbers).filter(number -> number != ABSENT).count());
        assertThat(in.u8()).as(name).isEqualTo(0xEE);
        return out.size() - 1;
    }

    @Test
    void whatNoColumnIsIsRefused() {
        assertRefused("found a column of form 3, expected 0, 1 or 2", 3);
        assertRefused("found transform 9 and width 0, expected 0 to 4 and 0 to 64", 1, 9, 0);
        assertRefused("found transform 0 and width 65, expected 0 to 4 and 0 to 64", 1, 0, 65);
        assertRefused("found transform 2 in a column that refers to none, expected another", 1, 2, 0);
        assertRefused(
                "found 16777216 exceptions in a column of 10 numbers", 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        assertRefused(
                "found an exception in row 10, expected one from 0 to 9",
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                1,
                0,
                0,
                0,
                10,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0);
        assertRefused("found 1 more bytes of the block, expected 80", 1, 0, 64, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9);
    }

    private void assertRefused(String problem, int... content) {
        byte[] bytes = new byte[content.length + ContentReader.SLACK_BYTES];
        for (int i = 0; i < content.length; i++) {
            bytes[i] = (byte) content[i];
        }
        ContentReader in = new ContentReader("column", bytes, content.length, 0);
        assertThatThrownBy(() -> reader.read(in, new long[10], 10, ABSENT))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessageContaining(problem);
    }
}
