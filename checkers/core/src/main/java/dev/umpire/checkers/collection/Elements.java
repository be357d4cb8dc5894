package dev.umpire.checkers.collection;

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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The keys that hold a set or a list of elements, or a counter: who added, removed and read them. */
public final class Elements {

    /** A change of one element, in the order of invocations; removals are empty for lists. */
    public record Changes(List<Integer> adds, List<Integer> removals) {
        public Changes() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** One set, list or counter; the amounts of a counter are its elements. */
    public record Key(Map<Value, Changes> elements, List<Integer> reads, boolean isList) {

        /** All changes of all elements. */
        public Stream<Integer> changes() {
            return elements.values().stream()
                    .flatMap(changes -> Stream.concat(changes.adds.stream(), changes.removals.stream()));
        }
    }

    private static final class Found {
        private final Map<Value, Changes> elements = new LinkedHashMap<>();
        private final List<Integer> reads = new ArrayList<>();
        /** By element, the first add or append of it that failed. */
        private final Map<Value, Integer> failed = new HashMap<>();

        private final Set<String> functions = new HashSet<>();
        /** Whether a read returned a number. */
        private boolean counted;

        /** Whether a read returned several elements. */
        private boolean collected;

        private boolean strange;

        private boolean isCounter() {
            return counted && !collected && COUNTING.containsAll(functions);
        }

        private boolean isCollection() {
            return !counted && (COLLECTING.containsAll(functions) || functions.equals(Set.of("append")));
        }
    }

    /** Continues the sentence "key x ..." where {@link #isMixed}. */
    public static final String MIXED =
            "holds pairs [key element] as they were added and plain elements as they were read, so that they cannot be"
                    + " compared";

    private static final Set<String> CHANGING = Set.of("add", "append", "remove", "increment", "decrement");
    private static final Set<String> COUNTING = Set.of("increment", "decrement", "add");
    private static final Set<String> COLLECTING = Set.of("add", "remove");

    private final History history;
    private final Map<Integer, Found> keys = new HashMap<>();

    public Elements(History history) {
        this.history = history;
        int size = history.hasAny(CHANGING) ? history.size() : 0;
        for (int o = 0; o < size; o++) {
            note(o);
        }
        keys.values()
                .removeIf(found ->
                        found.strange || found.functions.isEmpty() || !(found.isCounter() || found.isCollection()));
    }

    private void note(int operation) {
        Outcome outcome = history.outcome(operation);
        String name = history.functionName(history.function(operation));
        if (outcome == Outcome.FAIL) {
            if (name.equals("add") || name.equals("append")) {
                Found found = found(history.key(operation));
                found.functions.add(name);
                found.failed.putIfAbsent(history.value(history.argument(operation)), operation);
            }
            return;
        }
        boolean single = history.key(operation) != History.NONE;
        switch (name) {
            case "add", "append", "remove", "increment", "decrement" -> {
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
                    boolean number = value instanceof Value.Int;
                    boolean several = value instanceof Value.Sequence || value instanceof Value.SetOf;
                    found.counted |= number;
                    found.collected |= several;
                    found.strange |= !single || !(value.isNil() || number || several);
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
    public boolean holds(int key) {
        Found found = keys.get(key);
        return found != null && found.isCollection();
    }

    /** Whether any key does. */
    public boolean any() {
        return keys.values().stream().anyMatch(Found::isCollection);
    }

    /** Whether the key is a counter: it was incremented, decremented or added to, and every read returned a number. */
    public boolean isCounter(int key) {
        Found found = keys.get(key);
        return found != null && found.isCounter();
    }

    /** The set, list or counter of a key that {@link #holds} elements or {@link #isCounter}. */
    public Key key(int key) {
        Found found = found(key);
        return new Key(found.elements, found.reads, found.functions.contains("append"));
    }

    /** Whether the reader took pairs of key and element apart and the writers did not: then nothing can be compared. */
    public boolean isMixed(Key key) {
        boolean anyRead = false;
        for (int read : key.reads()) {
            for (Value element : contents(read)) {
                anyRead = true;
                if (isPair(element)) {
                    return false;
                }
            }
        }
        return anyRead
                && !key.elements().isEmpty()
                && key.elements().keySet().stream().allMatch(Elements::isPair);
    }

    private static boolean isPair(Value element) {
        return element instanceof Value.Sequence pair && pair.elements().size() == 2;
    }

    /** Whether a key is no empty set or list in the beginning. */
    public static boolean holdsFromTheStart(Value initial) {
        return !initial.isNil()
                && !(initial instanceof Value.Sequence list && list.elements().isEmpty())
                && !(initial instanceof Value.SetOf set && set.elements().isEmpty());
    }

    /** The first add of an element that failed, if any did. */
    public Optional<Integer> failedAdd(int key, Value element) {
        return Optional.ofNullable(found(key).failed.get(element));
    }

    /** What a read of such a key returned, in its order. */
    public Collection<Value> contents(int read) {
        Value value = history.value(history.readValue(read, 0));
        return value instanceof Value.Sequence list
                ? list.elements()
                : value instanceof Value.SetOf set ? set.elements() : List.of();
    }
}
