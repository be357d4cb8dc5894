package dev.umpire.histories;

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

    int get(int row) {
        if (bytes != null) {
            return (bytes[row] & 0xff) - 1;
        }
        return (chars != null ? chars[row] : wide(row)) - 1;
    }

    private int wide(int row) {
        return ints == null ? 0 : ints[row];
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
