package dev.umpire.histories;

import dev.umpire.histories.internal.ValueTable;
import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;

/** Numbers values of one kind (processes, keys, ...) densely from 0 in the order of their first use. */
final class Dense {
    private static final int SMALL_VALUES = 1 << 16;

    /** Of small value ids, which most are: the dense id plus 1, or 0. */
    private int[] idOfSmall = new int[64];

    private final Int2IntHashMap idOfLarge = new Int2IntHashMap(History.NONE);
    private int[] values = new int[8];
    private int size;

    /** The dense id of a value id, which is added if it is new. */
    int idOf(int value) {
        int id = find(value);
        if (id == History.NONE) {
            id = size++;
            if (id == values.length) {
                values = Arrays.copyOf(values, id * 2);
            }
            values[id] = value;
            put(value, id);
        }
        return id;
    }

    /** Adds a value id that is not looked for; afterwards there is only {@link #valueOf}. */
    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int valueOf(int id) {
        return values[id];
    }

    int size() {
        return size;
    }

    /** The dense id of a value id, or {@link History#NONE}. */
    int find(int value) {
        if (value < SMALL_VALUES) {
            return value < idOfSmall.length ? idOfSmall[value] - 1 : History.NONE;
        }
        return idOfLarge.get(value);
    }

    private void put(int value, int id) {
        if (value >= SMALL_VALUES) {
            idOfLarge.put(value, id);
            return;
        }
        if (value >= idOfSmall.length) {
            idOfSmall = Arrays.copyOf(idOfSmall, Math.min(SMALL_VALUES, (value + 1) * 2));
        }
        idOfSmall[value] = id + 1;
    }

    String text(int id, ValueTable table) {
        return table.get(values[id]).toString();
    }
}
