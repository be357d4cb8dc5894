package dev.umpire.histories;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A growing column of longs that takes no room until a row differs from {@code absent}. */
final class LongColumn {
    private final long absent;
    private long @Nullable [] rows;

    LongColumn(long absent) {
        this.absent = absent;
    }

    void set(int row, long number) {
        if (rows == null) {
            if (number == absent) {
                return;
            }
            rows = new long[Math.max(16, row + 1)];
            Arrays.fill(rows, absent);
        }
        if (row >= rows.length) {
            if (number == absent) {
                return;
            }
            int length = rows.length;
            rows = Arrays.copyOf(rows, Math.max(row + 1, length + (length >> 1)));
            Arrays.fill(rows, length, rows.length, absent);
        }
        rows[row] = number;
    }

    long get(int row) {
        return rows == null || row >= rows.length ? absent : rows[row];
    }

    /** Exactly {@code size} rows; null if every row is absent. The column is empty afterwards. */
    long @Nullable [] take(int size) {
        long[] taken = rows;
        rows = null;
        if (taken == null || taken.length == size) {
            return taken;
        }
        long[] trimmed = Arrays.copyOf(taken, size);
        if (size > taken.length) {
            Arrays.fill(trimmed, taken.length, size, absent);
        }
        return trimmed;
    }

    /** Exactly {@code size} rows, also where every row is absent. The column is empty afterwards. */
    long[] takeAll(int size) {
        long[] taken = take(size);
        if (taken == null) {
            taken = new long[size];
            Arrays.fill(taken, absent);
        }
        return taken;
    }
}
