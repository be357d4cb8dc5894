package dev.umpire.checkers.joined;

import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;

/** Which operation wrote each value of each key, and of which keys that cannot be said. */
final class Writers {
    static final int NOBODY = -1;

    private final History history;
    private final ReadRules rules;
    /** The keys that are not joinable. */
    final boolean[] strange;

    private final Long2LongHashMap writers = new Long2LongHashMap(NOBODY);
    /** By key and value what a transaction wrote to a register and wrote over itself. */
    private final LongHashSet passing = new LongHashSet();

    private final Map<Value, Integer> idOfElement = new HashMap<>();
    private boolean complete = true;

    Writers(History history, ReadRules rules, boolean[] strange, int[] operations) {
        this.history = history;
        this.rules = rules;
        this.strange = strange;
        if (!rules.beginAsUnderstood()) {
            Arrays.fill(strange, true);
            complete = false;
        }
        for (int operation : operations) {
            note(operation);
        }
    }

    /** Whether every operation and every key is understood. */
    boolean areComplete() {
        boolean all = complete;
        for (boolean one : strange) {
            all &= !one;
        }
        return all;
    }

    private void note(int operation) {
        if (!rules.isUnderstood(operation)) {
            markStrange(operation);
            return;
        }
        int writes = history.writeCount(operation);
        for (int i = 0; i < writes; i++) {
            int key = history.writeKey(operation, i);
            int value = history.writeValue(operation, i);
            if (value == history.initialValue() && !rules.lists) {
                strange[key] = true;
            }
            if (writers.put(place(key, value), operation) != NOBODY) {
                strange[key] = true;
            }
            if (rules.lists) {
                idOfElement.put(history.value(value), value);
            } else if (isWrittenLater(operation, key, i)) {
                passing.add(place(key, value));
            }
        }
    }

    private boolean isWrittenLater(int operation, int key, int write) {
        for (int i = write + 1; i < history.writeCount(operation); i++) {
            if (history.writeKey(operation, i) == key) {
                return true;
            }
        }
        return false;
    }

    private void markStrange(int operation) {
        boolean named = history.key(operation) != History.NONE;
        if (named) {
            strange[history.key(operation)] = true;
        }
        for (int i = 0; i < history.readCount(operation); i++) {
            strange[history.readKey(operation, i)] = true;
            named = true;
        }
        for (int i = 0; i < history.writeCount(operation); i++) {
            strange[history.writeKey(operation, i)] = true;
            named = true;
        }
        complete = false;
        if (!named) {
            Arrays.fill(strange, true);
        }
    }

    /** Who wrote a value; {@link #NOBODY} if none of the operations did. */
    int of(int key, int value) {
        return (int) writers.get(place(key, value));
    }

    /** Who appended an element; {@link #NOBODY} if none of the operations did. */
    int of(int key, Value element) {
        Integer id = idOfElement.get(element);
        return id == null ? NOBODY : of(key, id);
    }

    /** Whether the operation that wrote a value to a register wrote over it. */
    boolean isPassing(int key, int value) {
        return passing.contains(place(key, value));
    }

    /** How many elements from a place on are all that their transaction appended to the key, as it did; 0 if they are not. */
    int lengthOfAppends(int key, int writer, List<Value> list, int from) {
        int at = from;
        for (int i = 0; i < history.writeCount(writer); i++) {
            if (history.writeKey(writer, i) == key) {
                if (at == list.size() || !list.get(at).equals(history.value(history.writeValue(writer, i)))) {
                    return 0;
                }
                at++;
            }
        }
        return at - from;
    }

    private static long place(int key, int value) {
        return ((long) key << 32) | value;
    }
}
