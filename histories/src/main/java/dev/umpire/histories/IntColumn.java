package dev.umpire.histories;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A growing column of ints that takes no room until a row differs from {@code absent}. */
final class IntColumn {
    private final int absent;
    private int @Nullable [] rows;

    IntColumn(int absent) {
        this.absent = absent;
    }

    void set(int row, int number) {
        if (rows == null) {
            if (number == absent) {
                return;
            }
            rows = new int[Math.max(16, row + 1)];
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

    int get(int row) {
        return rows == null || row >= rows.length ? absent : rows[row];
    }

    /** Exactly {@code size} rows; null if every row is absent. The column is empty afterwards. */
    int @Nullable [] take(int size) {
        int[] taken = rows;
        rows = null;
        if (taken == null || taken.length == size) {
            return taken;
        }
        int[] trimmed = Arrays.copyOf(taken, size);
        if (size > taken.length) {
            Arrays.fill(trimmed, taken.length, size, absent);
        }
        return trimmed;
    }

    /** Exactly {@code size} rows, also where every row is absent. The column is empty afterwards. */
    int[] takeAll(int size) {
        int[] taken = take(size);
        if (taken == null) {
            taken = new int[size];
            Arrays.fill(taken, absent);
        }
        return taken;
    }
}
