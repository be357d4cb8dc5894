package dev.umpire.histories.binary;

import java.util.Arrays;

/**
 * Writes columns of up to 65,536 numbers of 64 bits, some of which may be absent. Not thread-safe.
 *
 * <p>A number is a code added to what its {@link Transform} says. Codes are the column's {@code base} and what is packed in
 * {@code width} bits each, but for those few that need more: they are told one by one. All sums wrap around.
 *
 * <pre>
 *  1  form: 0 = every row is absent, and nothing follows; 1 = every row is present; 2 = some are
 *  form 2:  ceil(rows / 8) bytes, row r present = bit r % 8 of byte r / 8
 *  1  transform
 *  1  width, 0 to 64
 *  8  base
 *  4  how many exceptions
 *     of each: 4 its place among the rows that are present, ascending | 8 its code
 *     ceil(present * width / 8) bytes: row i of those that are present = bits i * width and following, the lowest bit first
 *     in the lowest bit of a byte; what stands at an exception means nothing
 * </pre>
 */
public final class ColumnWriter {
    /** The most rows of a column. */
    public static final int MAX_ROWS = 1 << 16;

    /** Stands in the rows of a reference column that have no number. */
    public static final long ABSENT = Long.MIN_VALUE;

    static final int NONE_PRESENT = 0;
    static final int ALL_PRESENT = 1;
    static final int SOME_PRESENT = 2;

    /** Stands for the number 0 among codes of a transform that reserves it; no code of ids can be it. */
    private static final long ZERO = Long.MIN_VALUE;

    private final long[] present = new long[MAX_ROWS];
    private final long[] references = new long[MAX_ROWS];
    private final long[] codes = new long[MAX_ROWS];
    private static final long[] NOTHING = {};

    /**
     * Adds a column that needs no other.
     *
     * @param absent what stands in {@code numbers} for rows without a number
     */
    public void write(ContentWriter out, long[] numbers, int rows, long absent, Transform... transforms) {
        write(out, numbers, rows, absent, NOTHING, transforms);
    }

    /**
     * Adds a column.
     *
     * @param absent what stands in {@code numbers} for rows without a number
     * @param reference the rows of another column, which the reader has read before; or empty
     * @param transforms those to choose from
     */
    public void write(
            ContentWriter out, long[] numbers, int rows, long absent, long[] reference, Transform... transforms) {
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (numbers[row] != absent) {
                present[count] = numbers[row];
                references[count++] = reference.length == 0 || reference[row] == ABSENT ? 0 : reference[row];
            }
        }
        if (count == 0) {
            out.u8(NONE_PRESENT);
            return;
        }
        if (count == rows) {
            out.u8(ALL_PRESENT);
        } else {
            out.u8(SOME_PRESENT);
            bitmap(out, numbers, rows, absent);
        }
        Packing best = packed(transforms[0], count);
        for (int i = 1; i < transforms.length; i++) {
            Packing other = packed(transforms[i], count);
            best = other.bits < best.bits ? other : best;
        }
        fillCodes(best.transform, count);
        best.write(out, codes, count);
    }

    private static void bitmap(ContentWriter out, long[] numbers, int rows, long absent) {
        for (int from = 0; from < rows; from += Byte.SIZE) {
            int bits = 0;
            for (int i = 0; i < Math.min(Byte.SIZE, rows - from); i++) {
                bits |= numbers[from + i] == absent ? 0 : 1 << i;
            }
            out.u8(bits);
        }
    }

    private Packing packed(Transform transform, int count) {
        fillCodes(transform, count);
        return Packing.of(transform, codes, count);
    }

    private void fillCodes(Transform transform, int count) {
        switch (transform) {
            case PLAIN -> System.arraycopy(present, 0, codes, 0, count);
            case DELTA -> {
                long before = 0;
                for (int i = 0; i < count; i++) {
                    codes[i] = present[i] - before;
                    before = present[i];
                }
            }
            case REFERENCE -> {
                for (int i = 0; i < count; i++) {
                    codes[i] = present[i] - references[i];
                }
            }
            case NEWEST -> {
                long newest = 0;
                for (int i = 0; i < count; i++) {
                    codes[i] = present[i] == 0 ? ZERO : present[i] - newest;
                    newest = Math.max(newest, present[i]);
                }
            }
            case NEWEST_REFERENCE -> {
                long newest = 0;
                for (int i = 0; i < count; i++) {
                    newest = Math.max(newest, references[i]);
                    codes[i] = present[i] == 0 ? ZERO : present[i] - newest;
                }
            }
        }
    }

    /** Base and width with which a column takes the fewest bits, nearly. */
    private static final class Packing {
        private static final int EXCEPTION_BITS = 8 * (Integer.BYTES + Long.BYTES);

        /** Bases are tried that leave out so many of the smallest codes. */
        private static final int[] LEFT_OUT = {0, 1, 4, 16};

        private final Transform transform;
        private final long base;
        private final int width;
        private final long bits;

        private Packing(Transform transform, long base, int width, long bits) {
            this.transform = transform;
            this.base = base;
            this.width = width;
            this.bits = bits;
        }

        static Packing of(Transform transform, long[] codes, int count) {
            long[] smallest = smallest(codes, count, transform.reservesZero());
            Packing best = new Packing(transform, 0, Long.SIZE, Long.MAX_VALUE);
            for (int leftOut : LEFT_OUT) {
                long first = smallest[Math.min(leftOut, smallest.length - 1)];
                long base = transform.reservesZero() ? first - 1 : first;
                if (leftOut == 0 || base != best.base) {
                    Packing other = of(transform, codes, count, base);
                    best = other.bits < best.bits ? other : best;
                }
            }
            return best;
        }

        private static Packing of(Transform transform, long[] codes, int count, long base) {
            int[] ofWidth = new int[Long.SIZE + 1];
            for (int i = 0; i < count; i++) {
                ofWidth[widthOf(codes[i], base, transform.reservesZero())]++;
            }
            Packing best = new Packing(transform, base, Long.SIZE, Long.MAX_VALUE);
            long exceptions = 0;
            for (int width = Long.SIZE; width >= 0; width--) {
                long bits = (long) width * count + exceptions * EXCEPTION_BITS;
                if (bits < best.bits) {
                    best = new Packing(transform, base, width, bits);
                }
                exceptions += ofWidth[width];
            }
            return best;
        }

        /** How many bits a code takes; 64 if it lies below the base. */
        private static int widthOf(long code, long base, boolean zero) {
            if (zero && code == ZERO) {
                return 0;
            }
            if (zero && code <= base) {
                return Long.SIZE;
            }
            return Long.SIZE - Long.numberOfLeadingZeros(code - base);
        }

        /** The smallest codes, ascending; one at least. */
        private static long[] smallest(long[] codes, int count, boolean zero) {
            long[] smallest = new long[LEFT_OUT[LEFT_OUT.length - 1] + 1];
            int size = 0;
            for (int i = 0; i < count; i++) {
                long code = codes[i];
                if (zero && code == ZERO) {
                    continue;
                }
                if (size == smallest.length && code >= smallest[size - 1]) {
                    continue;
                }
                int place = size == smallest.length ? size - 1 : size++;
                while (place > 0 && smallest[place - 1] > code) {
                    smallest[place] = smallest[place - 1];
                    place--;
                }
                smallest[place] = code;
            }
            return size == 0 ? new long[1] : Arrays.copyOf(smallest, size);
        }

        void write(ContentWriter out, long[] codes, int count) {
            boolean zero = transform.reservesZero();
            out.u8(transform.code());
            out.u8(width);
            out.i64(base);
            int exceptions = 0;
            for (int i = 0; i < count; i++) {
                exceptions += widthOf(codes[i], base, zero) > width ? 1 : 0;
            }
            out.i32(exceptions);
            for (int i = 0; exceptions > 0 && i < count; i++) {
                if (widthOf(codes[i], base, zero) > width) {
                    out.i32(i);
                    out.i64(codes[i]);
                    exceptions--;
                }
            }
            pack(out, codes, count);
        }

        private void pack(ContentWriter out, long[] codes, int count) {
            boolean zero = transform.reservesZero();
            long waiting = 0;
            int bits = 0;
            for (int i = 0; i < count; i++) {
                boolean told = widthOf(codes[i], base, zero) <= width;
                long packed = !told || (zero && codes[i] == ZERO) ? 0 : codes[i] - base;
                waiting |= packed << bits;
                if (bits + width >= Long.SIZE) {
                    out.i64(waiting);
                    waiting = bits == 0 ? 0 : packed >>> (Long.SIZE - bits);
                    bits += width - Long.SIZE;
                } else {
                    bits += width;
                }
            }
            for (; bits > 0; bits -= Byte.SIZE) {
                out.u8((int) waiting);
                waiting >>>= Byte.SIZE;
            }
        }
    }
}
