package dev.umpire.histories.binary;

import dev.umpire.histories.event.MalformedHistoryException;
import java.util.Arrays;

/** Reads the columns that {@link ColumnWriter} wrote, which draws them. Not thread-safe. */
public final class ColumnReader {
    /** As many bits may stand before a packed number in the eight bytes that it begins in. */
    private static final int MAX_SHIFT = Byte.SIZE - 1;

    private static final Transform[] TRANSFORMS = Transform.values();
    private static final long[] NOTHING = {};

    /** Eight bytes that are 1. */
    private static final long ONES = 0x0101_0101_0101_0101L;

    private int[] exceptionRows = new int[16];
    private long[] exceptionCodes = new long[16];
    private int exceptions;
    private long smallest;
    private long largest;
    private long[] gathered = NOTHING;

    /** Whether the numbers of the column that was read last lie in a range, as is plain without looking at each. */
    public boolean isWithin(long from, long to) {
        return smallest >= from && largest <= to && smallest <= largest;
    }

    /** Reads a column that needs no other; see {@link #read(ContentReader, long[], int, long, long[])}. */
    public int read(ContentReader in, long[] numbers, int rows, long absent) throws MalformedHistoryException {
        return read(in, numbers, rows, absent, NOTHING);
    }

    /**
     * Fills the first rows of {@code numbers}.
     *
     * @param absent what rows without a number get
     * @param reference the column that this one was written with, or empty
     * @return how many rows have a number
     */
    public int read(ContentReader in, long[] numbers, int rows, long absent, long[] reference)
            throws MalformedHistoryException {
        int form = in.u8();
        smallest = Long.MIN_VALUE;
        largest = Long.MAX_VALUE;
        if (form == ColumnWriter.NONE_PRESENT) {
            Arrays.fill(numbers, 0, rows, absent);
            return 0;
        }
        if (form == ColumnWriter.ALL_PRESENT) {
            codes(in, numbers, rows, reference);
            return rows;
        }
        if (form != ColumnWriter.SOME_PRESENT) {
            throw in.refused("found a column of form " + form + ", expected 0, 1 or 2");
        }
        byte[] bytes = in.bytes();
        int bitmap = in.take((rows + Byte.SIZE - 1) / Byte.SIZE);
        int count = 0;
        for (int row = 0; row < rows; row++) {
            count += bit(bytes, bitmap, row);
        }
        codes(in, numbers, count, reference.length == 0 ? reference : gathered(reference, bytes, bitmap, rows));
        int left = count;
        for (int row = rows - 1; row >= 0; row--) {
            numbers[row] = bit(bytes, bitmap, row) == 0 ? absent : numbers[--left];
        }
        return count;
    }

    /**
     * Passes over a column of which every row is absent.
     *
     * @return whether it is one; if not, nothing was read
     */
    public boolean passAbsent(ContentReader in) throws MalformedHistoryException {
        int place = in.place();
        if (in.u8() == ColumnWriter.NONE_PRESENT) {
            return true;
        }
        in.back(place);
        return false;
    }

    /**
     * Passes over a column that has in each row what the one has that it was written with.
     *
     * @return whether it is one; if not, nothing was read
     */
    public boolean passEqual(ContentReader in) throws MalformedHistoryException {
        int place = in.place();
        boolean equal = in.u8() == ColumnWriter.ALL_PRESENT
                && in.u8() == Transform.REFERENCE.code()
                && in.u8() == 0
                && in.i64() == 0
                && in.i32() == 0;
        if (!equal) {
            in.back(place);
        }
        return equal;
    }

    /**
     * Reads a column of small numbers, eight at once.
     *
     * @param bytes get a number and 1 more in each row
     * @param from the first row to fill
     * @param lowest no number is smaller, from -1
     * @param highest no number is larger, to 254
     * @return whether the column is packed so, and within these bounds; if not, nothing was read, and the rows mean nothing
     */
    public boolean readBytes(ContentReader in, byte[] bytes, int from, int rows, int lowest, int highest)
            throws MalformedHistoryException {
        int place = in.place();
        boolean plain = in.u8() == ColumnWriter.ALL_PRESENT && in.u8() == Transform.PLAIN.code();
        int width = plain ? in.u8() : Byte.SIZE;
        long base = width < Byte.SIZE ? in.i64() : lowest - 1L;
        if (base < lowest || base > highest || in.i32() != 0) {
            in.back(place);
            return false;
        }
        int packed = in.take(((long) rows * width + Byte.SIZE - 1) / Byte.SIZE);
        long most = Math.min(Byte.MAX_VALUE, highest - base);
        if (!spread(in.bytes(), packed, bytes, from, rows, width, (int) base + 1, Byte.MAX_VALUE - most)) {
            in.back(place);
            return false;
        }
        return true;
    }

    /**
     * Gives each number of up to 7 bits a byte of its own: halves of a word are moved apart, then halves of these, and again.
     *
     * @param tooFar what makes the highest bit of a byte 1 when it is added to a number that is too large
     */
    private static boolean spread(
            byte[] packed, int at, byte[] bytes, int from, int rows, int width, int added, long tooFar) {
        long fours = (1L << (4 * width)) - 1;
        long pairs = ((1L << (2 * width)) - 1) * 0x0000_0001_0000_0001L;
        long each = ((1L << width) - 1) * 0x0001_0001_0001_0001L;
        long outside = 0;
        int next = at;
        int row = 0;
        for (; row + Byte.SIZE <= rows; row += Byte.SIZE) {
            long word = (long) ContentReader.LONGS.get(packed, next);
            word = (word & fours) | (((word >>> (4 * width)) & fours) << Integer.SIZE);
            word = (word & pairs) | (((word >>> (2 * width)) & pairs) << Short.SIZE);
            word = (word & each) | (((word >>> width) & each) << Byte.SIZE);
            outside |= word + tooFar * ONES;
            ContentReader.LONGS.set(bytes, from + row, word + added * ONES);
            next += width;
        }
        long word = (long) ContentReader.LONGS.get(packed, next);
        for (; row < rows; row++) {
            long number = word & ((1L << width) - 1);
            outside |= number + tooFar;
            bytes[from + row] = (byte) (number + added);
            word >>>= width;
        }
        return (outside & (ONES << (Byte.SIZE - 1))) == 0;
    }

    private static int bit(byte[] bytes, int bitmap, int row) {
        return (bytes[bitmap + (row >>> 3)] >>> (row & 7)) & 1;
    }

    private long[] gathered(long[] reference, byte[] bytes, int bitmap, int rows) {
        if (gathered.length < rows) {
            gathered = new long[rows];
        }
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (bit(bytes, bitmap, row) != 0) {
                gathered[count++] = reference[row];
            }
        }
        return gathered;
    }

    private void codes(ContentReader in, long[] numbers, int count, long[] reference) throws MalformedHistoryException {
        int kind = in.u8();
        int width = in.u8();
        if (kind >= TRANSFORMS.length || width > Long.SIZE) {
            throw in.refused("found transform " + kind + " and width " + width + ", expected 0 to 4 and 0 to 64");
        }
        Transform transform = TRANSFORMS[kind];
        boolean refers = transform == Transform.REFERENCE || transform == Transform.NEWEST_REFERENCE;
        if (refers && reference.length == 0) {
            throw in.refused("found transform " + kind + " in a column that refers to none, expected another");
        }
        long base = in.i64();
        exceptions(in, count);
        boolean plain = transform == Transform.PLAIN && exceptions == 0 && width < Integer.SIZE;
        smallest = plain ? base : Long.MIN_VALUE;
        largest = plain ? base + (1L << width) - 1 : Long.MAX_VALUE;
        int packed = in.take(((long) count * width + Byte.SIZE - 1) / Byte.SIZE);
        if (transform.reservesZero()) {
            unpack(in.bytes(), packed, numbers, count, width, 0);
            newest(numbers, count, base, transform == Transform.NEWEST ? numbers : reference);
            return;
        }
        unpack(in.bytes(), packed, numbers, count, width, base);
        for (int i = 0; i < exceptions; i++) {
            numbers[exceptionRows[i]] = exceptionCodes[i];
        }
        if (transform == Transform.DELTA) {
            long before = 0;
            for (int i = 0; i < count; i++) {
                before += numbers[i];
                numbers[i] = before;
            }
        } else if (transform == Transform.REFERENCE) {
            for (int i = 0; i < count; i++) {
                numbers[i] += reference[i] == ColumnWriter.ABSENT ? 0 : reference[i];
            }
        }
    }

    private void exceptions(ContentReader in, int count) throws MalformedHistoryException {
        exceptions = in.i32();
        if (exceptions < 0 || exceptions > count) {
            throw in.refused("found " + exceptions + " exceptions in a column of " + count + " numbers");
        }
        if (exceptions > exceptionRows.length) {
            exceptionRows = new int[ColumnWriter.MAX_ROWS];
            exceptionCodes = new long[ColumnWriter.MAX_ROWS];
        }
        int before = -1;
        for (int i = 0; i < exceptions; i++) {
            int row = in.i32();
            if (row <= before || row >= count) {
                throw in.refused("found an exception in row " + row + ", expected one from " + (before + 1) + " to "
                        + (count - 1));
            }
            exceptionRows[i] = row;
            exceptionCodes[i] = in.i64();
            before = row;
        }
    }

    /** Every number is {@code base} and the next {@code width} bits; eight of them take {@code width} bytes. */
    private static void unpack(byte[] bytes, int from, long[] numbers, int count, int width, long base) {
        if (width == 0) {
            Arrays.fill(numbers, 0, count, base);
            return;
        }
        int eights = count & -Byte.SIZE;
        if (width <= Byte.SIZE) {
            unpackBytes(bytes, from, numbers, eights, width, base);
        } else if (width <= 2 * Byte.SIZE - 1) {
            unpackPairsOfBytes(bytes, from, numbers, eights, width, base);
        } else if (width <= (Long.SIZE - MAX_SHIFT) / 2) {
            unpackPairs(bytes, from, numbers, eights, width, base);
        } else {
            eights = 0;
        }
        unpackOneByOne(bytes, from + eights / Byte.SIZE * width, numbers, eights, count, width, base);
    }

    /** Up to 8 bits each: eight numbers stand in one word. */
    private static void unpackBytes(byte[] bytes, int from, long[] numbers, int count, int width, long base) {
        long mask = -1L >>> (Long.SIZE - width);
        int at = from;
        for (int i = 0; i < count; i += Byte.SIZE) {
            long word = (long) ContentReader.LONGS.get(bytes, at);
            numbers[i] = base + (word & mask);
            numbers[i + 1] = base + ((word >>> width) & mask);
            numbers[i + 2] = base + ((word >>> (2 * width)) & mask);
            numbers[i + 3] = base + ((word >>> (3 * width)) & mask);
            numbers[i + 4] = base + ((word >>> (4 * width)) & mask);
            numbers[i + 5] = base + ((word >>> (5 * width)) & mask);
            numbers[i + 6] = base + ((word >>> (6 * width)) & mask);
            numbers[i + 7] = base + ((word >>> (7 * width)) & mask);
            at += width;
        }
    }

    /** Up to 15 bits each: four numbers stand in one word, be they begun by half a byte of others. */
    private static void unpackPairsOfBytes(byte[] bytes, int from, long[] numbers, int count, int width, long base) {
        long mask = -1L >>> (Long.SIZE - width);
        int half = width / 2;
        int shift = 4 * (width & 1);
        int at = from;
        for (int i = 0; i < count; i += Byte.SIZE) {
            long word = (long) ContentReader.LONGS.get(bytes, at);
            numbers[i] = base + (word & mask);
            numbers[i + 1] = base + ((word >>> width) & mask);
            numbers[i + 2] = base + ((word >>> (2 * width)) & mask);
            numbers[i + 3] = base + ((word >>> (3 * width)) & mask);
            long next = (long) ContentReader.LONGS.get(bytes, at + half) >>> shift;
            numbers[i + 4] = base + (next & mask);
            numbers[i + 5] = base + ((next >>> width) & mask);
            numbers[i + 6] = base + ((next >>> (2 * width)) & mask);
            numbers[i + 7] = base + ((next >>> (3 * width)) & mask);
            at += width;
        }
    }

    /** Up to 28 bits each: two numbers stand in one word, be they begun by up to 7 bits of others. */
    private static void unpackPairs(byte[] bytes, int from, long[] numbers, int count, int width, long base) {
        long mask = -1L >>> (Long.SIZE - width);
        int second = (2 * width) >>> 3;
        int third = (4 * width) >>> 3;
        int fourth = (6 * width) >>> 3;
        int at = from;
        for (int i = 0; i < count; i += Byte.SIZE) {
            long word = (long) ContentReader.LONGS.get(bytes, at);
            numbers[i] = base + (word & mask);
            numbers[i + 1] = base + ((word >>> width) & mask);
            word = (long) ContentReader.LONGS.get(bytes, at + second) >>> ((2 * width) & 7);
            numbers[i + 2] = base + (word & mask);
            numbers[i + 3] = base + ((word >>> width) & mask);
            word = (long) ContentReader.LONGS.get(bytes, at + third) >>> ((4 * width) & 7);
            numbers[i + 4] = base + (word & mask);
            numbers[i + 5] = base + ((word >>> width) & mask);
            word = (long) ContentReader.LONGS.get(bytes, at + fourth) >>> ((6 * width) & 7);
            numbers[i + 6] = base + (word & mask);
            numbers[i + 7] = base + ((word >>> width) & mask);
            at += width;
        }
    }

    private static void unpackOneByOne(
            byte[] bytes, int from, long[] numbers, int first, int count, int width, long base) {
        long mask = -1L >>> (Long.SIZE - width);
        int bit = 0;
        if (width <= Long.SIZE - MAX_SHIFT) {
            for (int i = first; i < count; i++) {
                long word = (long) ContentReader.LONGS.get(bytes, from + (bit >>> 3));
                numbers[i] = base + ((word >>> (bit & 7)) & mask);
                bit += width;
            }
            return;
        }
        for (int i = first; i < count; i++) {
            int at = from + (bit >>> 3);
            int shift = bit & 7;
            long word = (long) ContentReader.LONGS.get(bytes, at) >>> shift;
            long rest = shift == 0 ? 0 : (long) bytes[at + Long.BYTES] << (Long.SIZE - shift);
            numbers[i] = base + ((word | rest) & mask);
            bit += width;
        }
    }

    /** Adds what is packed to the largest number so far; {@code reference} may be the column itself. */
    private void newest(long[] numbers, int count, long base, long[] reference) {
        long newest = 0;
        int row = 0;
        boolean own = reference == numbers;
        for (int i = 0; i <= exceptions; i++) {
            int until = i < exceptions ? exceptionRows[i] : count;
            if (own) {
                newest = ownNewest(numbers, row, until, base, newest);
            } else {
                newest = newestReference(numbers, reference, row, until, base, newest);
            }
            if (i < exceptions) {
                newest = own ? newest : Math.max(newest, reference[until]);
                numbers[until] = newest + exceptionCodes[i];
                newest = own ? Math.max(newest, numbers[until]) : newest;
            }
            row = until + 1;
        }
    }

    private static long ownNewest(long[] numbers, int from, int until, long base, long before) {
        long newest = before;
        for (int i = from; i < until; i++) {
            long packed = numbers[i];
            long step = (base + packed) & bitsIfSet(packed);
            numbers[i] = (newest + step) & bitsIfSet(packed);
            newest += positive(step);
        }
        return newest;
    }

    /** Two rows at once, as the newest of one waits for that of the other. */
    private static long newestReference(long[] numbers, long[] reference, int from, int until, long base, long before) {
        long newest = before;
        int i = from;
        for (; i + 1 < until; i += 2) {
            long first = positive(reference[i]);
            long second = positive(reference[i + 1]);
            long newestAtFirst = larger(newest, first);
            newest = larger(newest, larger(first, second));
            numbers[i] = (newestAtFirst + base + numbers[i]) & bitsIfSet(numbers[i]);
            numbers[i + 1] = (newest + base + numbers[i + 1]) & bitsIfSet(numbers[i + 1]);
        }
        if (i < until) {
            newest = larger(newest, positive(reference[i]));
            numbers[i] = (newest + base + numbers[i]) & bitsIfSet(numbers[i]);
        }
        return newest;
    }

    /** The larger of two numbers that are not negative; a branch would be guessed wrongly half of the time. */
    private static long larger(long one, long other) {
        long difference = one - other;
        return one - (difference & (difference >> (Long.SIZE - 1)));
    }

    /** The number, or 0 if it is negative. */
    private static long positive(long number) {
        return number & ~(number >> (Long.SIZE - 1));
    }

    /** All bits, or none if the number is 0: whether an operation reads or writes is no more foreseen than a coin. */
    private static long bitsIfSet(long number) {
        return (number | -number) >> (Long.SIZE - 1);
    }
}
