package dev.umpire.histories;

import dev.umpire.histories.internal.ValueTable;
import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;

/** Numbers values of one kind (processes, keys, ...) densely from 0 in the order of their first use. */
final class Dense {
    private final Int2IntHashMap idOfValue = new Int2IntHashMap(History.NONE);
    private int[] values = new int[8];
    private int size;

    /** The dense id of a value id, which is added if it is new. */
    int idOf(int value) {
        int id = idOfValue.get(value);
        if (id == History.NONE) {
            id = size++;
            if (id == values.length) {
                values = Arrays.copyOf(values, id * 2);
            }
            values[id] = value;
            idOfValue.put(value, id);
        }
        return id;
    }

    int valueOf(int id) {
        return values[id];
    }

    int size() {
        return size;
    }

    /** The dense id of a value id, or {@link History#NONE}. */
    int find(int value) {
        return idOfValue.get(value);
    }

    String text(int id, ValueTable table) {
        return table.get(values[id]).toString();
    }
}
