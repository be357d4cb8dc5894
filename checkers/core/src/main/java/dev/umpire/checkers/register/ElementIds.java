package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;

/** The value ids of what was appended, so that the elements of a list that was read are known by number. */
final class ElementIds {
    private final Long2LongHashMap ints = new Long2LongHashMap(History.NONE);
    private final Map<Value, Integer> others = new HashMap<>();

    private ElementIds() {}

    /** Of everything that was appended or tried to be, to any key. O(accesses). */
    static ElementIds of(Registers registers, History history) {
        ElementIds ids = new ElementIds();
        for (int at = 0; at < registers.accessCount(); at++) {
            if (registers.written(at) != History.NONE) {
                ids.add(history, registers.written(at));
            }
        }
        EarlyWrites early = registers.early();
        for (int at = 0; at < early.to(history.keyCount() - 1); at++) {
            ids.add(history, early.value(at));
        }
        return ids;
    }

    private void add(History history, int id) {
        Value value = history.value(id);
        if (value instanceof Value.Int number) {
            ints.put(number.value(), id);
        } else {
            others.put(value, id);
        }
    }

    /** The id, or {@link History#NONE} for what nobody tried to write. */
    int of(Value value) {
        return value instanceof Value.Int number
                ? (int) ints.get(number.value())
                : others.getOrDefault(value, History.NONE);
    }
}
