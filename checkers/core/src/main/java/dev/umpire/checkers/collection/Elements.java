package dev.umpire.checkers.collection;

import dev.umpire.checkers.register.Appends;
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

/**
 * The keys that hold a set or a list of elements, or a counter: who added, removed and read them, alone, in transactions or in
 * snapshots. A transaction that appends one element twice added it twice.
 */
public final class Elements {

    /** A change of one element, in the order of invocations; removals are empty for lists. */
    public record Changes(List<Integer> adds, List<Integer> removals) {
        public Changes() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** One set, list or counter; the amounts of a counter are its elements. */
    public record Key(int number, Map<Value, Changes> elements, List<Integer> reads, boolean isList) {

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
        /** Whether somebody tried to write a whole value, and failed. */
        private boolean writeFailed;

        private boolean isCounter() {
            return counted && !collected && !functions.isEmpty() && COUNTING.containsAll(functions);
        }

        private boolean isCollection() {
            if (functions.isEmpty()) {
                return collected && !counted && !writeFailed;
            }
            return !counted && (COLLECTING.containsAll(functions) || functions.equals(Set.of("append")));
        }

        /** Read as a list, and appended to or by nobody changed at all. */
        private boolean isList() {
            return functions.isEmpty() || functions.contains("append");
        }
    }

    /** Continues the sentence "key x ..." where {@link #isMixed}. */
    public static final String MIXED =
            "holds pairs [key element] as they were added and plain elements as they were read, so that they cannot be"
                    + " compared";

    private static final Set<String> CHANGING = Set.of("add", "append", "remove", "increment", "decrement");
    private static final Set<String> READING = Set.of("read", "get", "snapshot", "txn");
    private static final Set<String> COUNTING = Set.of("increment", "decrement", "add");
    private static final Set<String> COLLECTING = Set.of("add", "remove");

    private final History history;
    private final Appends appends;
    private final Map<Integer, Found> keys = new HashMap<>();

    public Elements(History history) {
        this.history = history;
        appends = Appends.of(history);
        boolean any = history.hasAny(CHANGING) || history.hasAny(Set.of("txn"));
        int size = any ? history.size() : 0;
        for (int o = 0; o < size; o++) {
            note(o);
        }
        keys.values().removeIf(found -> found.strange || !(found.isCounter() || found.isCollection()));
    }

    private void note(int operation) {
        boolean failed = history.outcome(operation) == Outcome.FAIL;
        String name = history.functionName(history.function(operation));
        boolean single = history.key(operation) != History.NONE;
        if (CHANGING.contains(name)) {
            change(history.key(operation), name, history.value(history.argument(operation)), operation, failed);
            return;
        }
        boolean understood = READING.contains(name) || (!single && name.equals("write"));
        if (single && !understood && !failed) {
            found(history.key(operation)).strange = true;
        }
        boolean[] appended = understood ? appends.of(operation) : new boolean[0];
        for (int i = 0; i < history.writeCount(operation); i++) {
            int key = history.writeKey(operation, i);
            if (i < appended.length && appended[i]) {
                change(key, "append", history.value(history.writeValue(operation, i)), operation, failed);
            } else {
                found(key).strange |= !failed;
                found(key).writeFailed |= failed;
            }
        }
        for (int i = 0; i < history.readCount(operation); i++) {
            if (understood) {
                read(history.readKey(operation, i), history.value(history.readValue(operation, i)), operation);
            } else {
                found(history.readKey(operation, i)).strange = true;
            }
        }
    }

    private void change(int key, String name, Value element, int operation, boolean failed) {
        boolean adds = name.equals("add") || name.equals("append");
        if (failed && !adds) {
            return;
        }
        Found found = found(key);
        found.functions.add(name);
        if (failed) {
            found.failed.putIfAbsent(element, operation);
            return;
        }
        Changes changes = found.elements.computeIfAbsent(element, of -> new Changes());
        (name.equals("remove") ? changes.removals : changes.adds).add(operation);
    }

    private void read(int key, Value value, int operation) {
        Found found = found(key);
        boolean number = value instanceof Value.Int;
        boolean several = value instanceof Value.Sequence || value instanceof Value.SetOf;
        found.counted |= number;
        found.collected |= several;
        found.strange |= !(value.isNil() || number || several);
        if (found.reads.isEmpty() || found.reads.get(found.reads.size() - 1) != operation) {
            found.reads.add(operation);
        } else {
            // a transaction that reads the key again; what it returned the first time is what is known of it
            found.strange |= !List.copyOf(contents(operation, key)).equals(List.copyOf(contents(value)));
        }
    }

    private Found found(int key) {
        return keys.computeIfAbsent(key, k -> new Found());
    }

    /**
     * Whether the key holds elements: they were added, appended or removed, or nobody wrote it at all, and every read returned
     * several or none.
     */
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
        return new Key(key, found.elements, found.reads, found.isList());
    }

    /** Whether the reader took pairs of key and element apart and the writers did not: then nothing can be compared. */
    public boolean isMixed(Key key) {
        boolean anyRead = false;
        for (int read : key.reads()) {
            for (Value element : contents(read, key.number())) {
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

    /** What an operation that read such a key returned, in its order. */
    public Collection<Value> contents(int read, int key) {
        return contents(answer(read, key));
    }

    /** The value that an operation which read the key returned of it. */
    public Value answer(int read, int key) {
        int at = 0;
        while (history.readKey(read, at) != key) {
            at++;
        }
        return history.value(history.readValue(read, at));
    }

    private static Collection<Value> contents(Value value) {
        return value instanceof Value.Sequence list
                ? list.elements()
                : value instanceof Value.SetOf set ? set.elements() : List.of();
    }
}
