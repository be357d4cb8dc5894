package dev.umpire.checkers.joined;

import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.collections.IntArrayList;

/**
 * What one operation at a time found of what others wrote.
 *
 * <p>What a transaction reads of a list after its own appends tells what was there before them: {@code [:append x 3]} and then
 * {@code [:r x [1 2 3]]} found {@code [1 2]}. What it reads of a register after its own write tells nothing; it has to be that
 * write.
 */
final class Accesses {
    private final History history;
    private final ReadRules rules;
    private final IntArrayList keys = new IntArrayList();
    /** Of registers. */
    private final IntArrayList values = new IntArrayList();
    /** Of lists. */
    private final List<List<Value>> found = new ArrayList<>();

    private Optional<Fault> fault = Optional.empty();

    Accesses(History history, ReadRules rules) {
        this.history = history;
        this.rules = rules;
    }

    /** Turns to an operation. */
    void of(int operation) {
        keys.clear();
        values.clear();
        found.clear();
        fault = Optional.empty();
        for (int i = 0; i < history.readCount(operation); i++) {
            if (!rules.saysNothing(operation, i)) {
                int value = history.readValue(operation, i);
                if (rules.lists) {
                    addList(operation, history.readKey(operation, i), history.value(value), List.of());
                } else {
                    addValue(operation, history.readKey(operation, i), value);
                }
            }
        }
        if (rules.mayReadItself(operation)) {
            addReadsAfterWrites(operation);
        }
    }

    private void addReadsAfterWrites(int operation) {
        Map<Value, Own> own = new HashMap<>();
        int write = 0;
        for (Value step : rules.steps(operation)) {
            List<Value> parts = ((Value.Sequence) step).elements();
            Value value = parts.get(2);
            Own before = own.get(parts.get(1));
            if (!isRead(parts.get(0))) {
                // the columns have the writes in the order of the steps
                int key = history.writeKey(operation, write++);
                own.computeIfAbsent(parts.get(1), first -> new Own(key, new ArrayList<>()))
                        .written()
                        .add(value);
            } else if (before != null && !rules.saysNothing(value)) {
                readAfter(operation, before.key(), value, before.written());
            }
        }
    }

    /** What a transaction has written to a key so far. */
    private record Own(int key, List<Value> written) {}

    private static boolean isRead(Value name) {
        String text = name instanceof Value.Keyword keyword ? keyword.name() : name.toString();
        return text.equals("r") || text.equals("read");
    }

    private void readAfter(int operation, int key, Value value, List<Value> own) {
        if (rules.lists) {
            addList(operation, key, value, own);
        } else if (!value.equals(own.get(own.size() - 1))) {
            note(Fault.Kind.OWN_WRITE_MISSING, operation, key);
        }
    }

    private void addValue(int operation, int key, int value) {
        int known = keys.indexOf(key);
        if (known < 0) {
            keys.addInt(key);
            values.addInt(value);
        } else if (values.getInt(known) != value) {
            note(Fault.Kind.CHANGING, operation, key);
        }
    }

    private void addList(int operation, int key, Value value, List<Value> own) {
        List<Value> all = value instanceof Value.Sequence sequence ? sequence.elements() : List.of();
        int before = all.size() - own.size();
        if (!value.isNil() && !(value instanceof Value.Sequence)) {
            note(Fault.Kind.UNWRITTEN, operation, key);
        } else if (before < 0 || !all.subList(before, all.size()).equals(own)) {
            note(Fault.Kind.OWN_WRITE_MISSING, operation, key);
        } else {
            addList(operation, key, all.subList(0, before));
        }
    }

    private void addList(int operation, int key, List<Value> list) {
        int known = keys.indexOf(key);
        if (known < 0) {
            keys.addInt(key);
            found.add(list);
        } else if (!found.get(known).equals(list)) {
            note(Fault.Kind.CHANGING, operation, key);
        }
    }

    private void note(Fault.Kind kind, int operation, int key) {
        fault = fault.or(() -> Optional.of(new Fault(kind, List.of(operation), key)));
    }

    /** How many keys it read, each counted once. */
    int count() {
        return keys.size();
    }

    int key(int i) {
        return keys.getInt(i);
    }

    /** The value id of what a register held. */
    int value(int i) {
        return values.getInt(i);
    }

    /** What a list held. */
    List<Value> list(int i) {
        return found.get(i);
    }

    /** What the operation shows to be impossible by itself. */
    Optional<Fault> fault() {
        return fault;
    }
}
