package dev.umpire.checkers.convergence;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys that hold a set or a list of elements: who added, removed and read them. */
final class Elements {

    /** A change of one element, in the order of invocations; removals are empty for lists. */
    record Changes(List<Integer> adds, List<Integer> removals) {
        Changes() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** One set or list. */
    record Key(Map<Value, Changes> elements, List<Integer> reads, boolean isList) {}

    private static final class Found {
        private final Map<Value, Changes> elements = new LinkedHashMap<>();
        private final List<Integer> reads = new ArrayList<>();
        private final Set<String> functions = new HashSet<>();
        private boolean strange;
    }

    private final History history;
    private final Map<Integer, Found> keys = new HashMap<>();

    Elements(History history) {
        this.history = history;
        for (int o = 0; o < history.size(); o++) {
            note(o);
        }
        keys.values()
                .removeIf(found -> found.strange
                        || found.functions.isEmpty()
                        || (found.functions.contains("append") && found.functions.size() > 1));
    }

    private void note(int operation) {
        Outcome outcome = history.outcome(operation);
        if (outcome == Outcome.FAIL) {
            return;
        }
        int function = history.function(operation);
        String name = function == History.NONE ? "" : history.functionName(function);
        boolean single = history.key(operation) != History.NONE;
        switch (name) {
            case "add", "append", "remove" -> {
                Found found = found(history.key(operation));
                found.functions.add(name);
                Changes changes = found.elements.computeIfAbsent(
                        history.value(history.argument(operation)), element -> new Changes());
                (name.equals("remove") ? changes.removals : changes.adds).add(operation);
            }
            case "read", "get" -> {
                for (int i = 0; i < history.readCount(operation); i++) {
                    Found found = found(history.readKey(operation, i));
                    found.reads.add(operation);
                    Value value = history.value(history.readValue(operation, i));
                    found.strange |= !single
                            || !(value.isNil() || value instanceof Value.Sequence || value instanceof Value.SetOf);
                }
                for (int i = 0; i < history.writeCount(operation); i++) {
                    found(history.writeKey(operation, i)).strange = true;
                }
            }
            default -> {
                if (single) {
                    found(history.key(operation)).strange = true;
                }
                for (int i = 0; i < history.writeCount(operation); i++) {
                    found(history.writeKey(operation, i)).strange = true;
                }
                for (int i = 0; i < history.readCount(operation); i++) {
                    found(history.readKey(operation, i)).strange = true;
                }
            }
        }
    }

    private Found found(int key) {
        return keys.computeIfAbsent(key, k -> new Found());
    }

    /** Whether the key holds elements: they were added, appended or removed, and every read returned several or none. */
    boolean holds(int key) {
        return keys.containsKey(key);
    }

    /** Whether any key does. */
    boolean any() {
        return !keys.isEmpty();
    }

    /** The set or list of a key that {@link #holds} elements. */
    Key key(int key) {
        Found found = found(key);
        return new Key(found.elements, found.reads, found.functions.contains("append"));
    }

    /** What a read of such a key returned, in its order. */
    Collection<Value> contents(int read) {
        Value value = history.value(history.readValue(read, 0));
        return value instanceof Value.Sequence list
                ? list.elements()
                : value instanceof Value.SetOf set ? set.elements() : List.of();
    }
}
