package dev.umpire.histories;

import dev.umpire.histories.binary.ColumnReader;
import dev.umpire.histories.binary.ContentReader;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers from -1 in as few bytes a row as the largest of them needs; one more than the number is kept. */
final class NarrowInts {
    private final byte @Nullable [] bytes;
    private final char @Nullable [] chars;
    private final int @Nullable [] ints;

    /** Rows that are all -1 until they are set. */
    NarrowInts(int size, int largest) {
        bytes = largest < 0xff ? new byte[size] : null;
        chars = largest >= 0xff && largest < 0xffff ? new char[size] : null;
        ints = largest >= 0xffff ? new int[size] : null;
    }

    private NarrowInts(byte @Nullable [] bytes, char @Nullable [] chars, int @Nullable [] ints) {
        this.bytes = bytes;
        this.chars = chars;
        this.ints = ints;
    }

    /** The same rows, and rows of -1 behind them. */
    NarrowInts resized(int size) {
        return new NarrowInts(
                bytes == null ? null : Arrays.copyOf(bytes, size),
                chars == null ? null : Arrays.copyOf(chars, size),
                ints == null ? null : Arrays.copyOf(ints, size));
    }

    int get(int row) {
        if (bytes != null) {
            return (bytes[row] & 0xff) - 1;
        }
        return (chars != null ? chars[row] : wide(row)) - 1;
    }

    private int wide(int row) {
        return ints == null ? 0 : ints[row];
    }

    /**
     * Reads rows out of a file as they are, where both are packed in bytes.
     *
     * @return whether they are, and all numbers are from {@code smallest} to {@code largest}; if not, nothing was read
     */
    boolean read(ColumnReader columns, ContentReader in, int from, int count, int smallest, int largest)
            throws MalformedHistoryException {
        return bytes != null && columns.readBytes(in, bytes, from, count, smallest, Math.min(largest, 0xfe));
    }

    /** Takes over {@code count} rows of another column, which stand there at the same place. */
    void copy(NarrowInts other, int from, int count) {
        if (bytes != null && other.bytes != null) {
            System.arraycopy(other.bytes, from, bytes, from, count);
            return;
        }
        long[] numbers = new long[count];
        other.copyTo(numbers, from, count);
        set(from, numbers, count);
    }

    /** Gives {@code count} rows from {@code from} on. */
    void copyTo(long[] numbers, int from, int count) {
        for (int i = 0; i < count; i++) {
            numbers[i] = get(from + i);
        }
    }

    /** As {@link #set}; false if a number is not from {@code smallest} to {@code largest}, and then the rows mean nothing. */
    boolean setWithin(int from, long[] numbers, int count, long smallest, long largest) {
        long outside = 0;
        if (bytes != null) {
            byte[] rows = bytes;
            for (int i = 0; i < count; i++) {
                long number = numbers[i];
                rows[from + i] = (byte) (number + 1);
                outside |= (number - smallest) | (largest - number);
            }
            return outside >= 0;
        }
        for (int i = 0; i < count; i++) {
            outside |= (numbers[i] - smallest) | (largest - numbers[i]);
        }
        set(from, numbers, count);
        return outside >= 0;
    }

    /** Takes over the first {@code count} numbers, from a row on. */
    void set(int from, long[] numbers, int count) {
        if (bytes != null) {
            for (int i = 0; i < count; i++) {
                bytes[from + i] = (byte) (numbers[i] + 1);
            }
        } else if (chars != null) {
            for (int i = 0; i < count; i++) {
                chars[from + i] = (char) (numbers[i] + 1);
            }
        } else if (ints != null) {
            for (int i = 0; i < count; i++) {
                ints[from + i] = (int) numbers[i] + 1;
            }
        }
    }
}
