package dev.umpire.checkers.lint;

import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.Long2LongHashMap;

/** Mistakes in keys and values: failed writes that are read, values that are not unique, initial values not declared. */
final class RecordedValues {
    private static final long NOBODY = -1;
    private static final Set<String> READING = Set.of("read", "get", "snapshot", "txn");
    private static final Set<String> TAKING = Set.of("dequeue", "drain", "pop", "poll");

    private final History history;
    private final Findings findings;
    private final Words words;

    /** By key and value, the first operation that wrote it and did not fail, and the first that failed. */
    private final Long2LongHashMap writer = new Long2LongHashMap(NOBODY);

    private final Long2LongHashMap failed = new Long2LongHashMap(NOBODY);
    private final BitSet elementsOnly = new BitSet();
    /** The keys to which was added, and those of which a read returned several values: the others of the first are counters. */
    private final BitSet added = new BitSet();

    private final BitSet collected = new BitSet();
    /** The keys that something changed by what is no value of theirs: a sum, a transfer. */
    private final BitSet changedOtherwise = new BitSet();

    RecordedValues(History history, Findings findings) {
        this.history = history;
        this.findings = findings;
        words = Words.of(history);
    }

    void look() {
        boolean anythingRead = false;
        for (int operation = 0; operation < history.size(); operation++) {
            anythingRead |= noteObjects(operation);
        }
        for (int operation = 0; operation < history.size(); operation++) {
            for (int i = 0; i < history.writeCount(operation); i++) {
                written(operation, history.writeKey(operation, i), history.writeValue(operation, i));
            }
        }
        Map<Long, Integer> strangers = new HashMap<>();
        for (int operation = 0; operation < history.size(); operation++) {
            for (int i = 0; i < history.readCount(operation); i++) {
                read(operation, history.readKey(operation, i), history.readValue(operation, i), strangers);
            }
        }
        failedElements();
        initialValues(strangers);
        mixedKeys();
        if (!anythingRead) {
            nothingRead();
        }
    }

    /** What the keys of an operation may be; whether it returned what is in one of them. */
    private boolean noteObjects(int operation) {
        String name = history.functionName(history.function(operation));
        int key = history.key(operation);
        int reads = history.readCount(operation);
        if (name.equals("add")) {
            added.set(key);
        } else if (key != History.NONE
                && reads + history.writeCount(operation) == 0
                && history.outcome(operation) != Outcome.FAIL
                && !READING.contains(name)) {
            changedOtherwise.set(key);
        }
        for (int i = 0; i < reads; i++) {
            if (isCollection(history.value(history.readValue(operation, i)))) {
                collected.set(history.readKey(operation, i));
            }
        }
        return reads > 0 || (TAKING.contains(name) && history.outcome(operation) == Outcome.OK);
    }

    private static long place(int key, int value) {
        return ((long) key << 32) | value;
    }

    private void written(int operation, int key, int value) {
        long place = place(key, value);
        boolean element = isElement(operation);
        if (element) {
            elementsOnly.set(key);
        }
        if (history.outcome(operation) == Outcome.FAIL) {
            failed.putIfAbsent(place, operation);
            return;
        }
        long before = writer.putIfAbsent(place, operation);
        if (added.get(key) && !collected.get(key)) {
            // a counter: equal sums are no equal values
            return;
        }
        if (before != NOBODY && before != operation) {
            findings.add(
                    Mistake.VALUES_NOT_UNIQUE,
                    operation,
                    () -> words.wrote(operation, key) + ", which " + words.session((int) before)
                            + " had tried before (event " + history.index((int) before) + ")");
        } else if (value == history.initialValue() && !element) {
            findings.add(
                    Mistake.VALUES_NOT_UNIQUE,
                    operation,
                    () -> words.wrote(operation, key) + ", which is the initial value as well");
        }
    }

    private boolean isElement(int operation) {
        String name = history.functionName(history.function(operation));
        return name.equals("append") || name.equals("add") || name.equals("enqueue") || name.equals("txn");
    }

    private void read(int operation, int key, int value, Map<Long, Integer> strangers) {
        long place = place(key, value);
        if (value == history.initialValue() || writer.get(place) != NOBODY) {
            return;
        }
        long failure = failed.get(place);
        if (failure != NOBODY) {
            addFailedRead((int) failure, key, operation);
        } else if (!elementsOnly.get(key) && !changedOtherwise.get(key) && !isCollection(history.value(value))) {
            strangers.putIfAbsent(place, operation);
        }
    }

    private void addFailedRead(int failure, int key, int reader) {
        findings.add(
                Mistake.FAILED_WRITE_READ,
                failure,
                () -> words.wrote(failure, key) + ", and " + words.session(reader) + " read it (event "
                        + history.index(reader) + ")");
    }

    /** Elements that failed to be added and are in a collection that somebody read. */
    private void failedElements() {
        Map<Integer, Map<Value, Integer>> failedOfKey = new HashMap<>();
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.outcome(operation) == Outcome.FAIL && isElement(operation)) {
                for (int i = 0; i < history.writeCount(operation); i++) {
                    int key = history.writeKey(operation, i);
                    if (writer.get(place(key, history.writeValue(operation, i))) == NOBODY) {
                        failedOfKey
                                .computeIfAbsent(key, k -> new HashMap<>())
                                .putIfAbsent(history.value(history.writeValue(operation, i)), operation);
                    }
                }
            }
        }
        if (failedOfKey.isEmpty()) {
            return;
        }
        Set<Long> seen = new HashSet<>();
        for (int operation = 0; operation < history.size(); operation++) {
            for (int i = 0; i < history.readCount(operation); i++) {
                int key = history.readKey(operation, i);
                int value = history.readValue(operation, i);
                Map<Value, Integer> ofKey = failedOfKey.get(key);
                if (ofKey != null && seen.add(place(key, value))) {
                    for (Value element : elements(history.value(value))) {
                        Integer failure = ofKey.remove(element);
                        if (failure != null) {
                            addFailedRead(failure, key, operation);
                        }
                    }
                }
            }
        }
    }

    private static boolean isCollection(Value value) {
        return value instanceof Value.Sequence || value instanceof Value.SetOf || value instanceof Value.MapOf;
    }

    private static Collection<Value> elements(Value value) {
        if (value instanceof Value.Sequence sequence) {
            return sequence.elements();
        }
        return value instanceof Value.SetOf set ? set.elements() : List.of();
    }

    /**
     * A value that nobody wrote is taken for an initial value where its key had not yet been written when it was read, and
     * for a phantom otherwise.
     */
    private void initialValues(Map<Long, Integer> strangers) {
        int[] firstWritten = new int[history.keyCount()];
        Arrays.fill(firstWritten, History.NEVER);
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.outcome(operation) == Outcome.OK) {
                for (int i = 0; i < history.writeCount(operation); i++) {
                    int key = history.writeKey(operation, i);
                    firstWritten[key] = Math.min(firstWritten[key], history.completed(operation));
                }
            }
        }
        strangers.forEach((place, operation) -> {
            int key = (int) (place >> 32);
            int value = (int) (long) place;
            if (history.invoked(operation) < firstWritten[key]) {
                findings.add(
                        Mistake.INITIAL_NOT_DECLARED,
                        operation,
                        () -> words.read(operation, key, value) + ", before any write of "
                                + words.key(key)
                                + " was acknowledged; nobody wrote it, and the declared initial value is "
                                + words.value(history.initialValue()) + ": if it was there, say --initial "
                                + words.value(value));
            }
        });
    }

    private void mixedKeys() {
        int nameless = History.NONE;
        int named = History.NONE;
        for (int key = 0; key < history.keyCount(); key++) {
            if (history.keyName(key).isNil()) {
                nameless = key;
            } else {
                named = key;
            }
        }
        if (nameless == History.NONE || named == History.NONE) {
            return;
        }
        long count = 0;
        int first = History.NONE;
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.key(operation) == nameless) {
                first = count++ == 0 ? operation : first;
            }
        }
        if (count > 0) {
            int operation = first;
            findings.add(
                    Mistake.KEYED_AND_UNKEYED,
                    count,
                    operation,
                    () -> "'" + words.deed(operation) + "' (event " + history.index(operation)
                            + ") names no key, and other operations do");
        }
    }

    private void nothingRead() {
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.outcome(operation) == Outcome.OK && history.writeCount(operation) > 0) {
                int first = operation;
                findings.add(
                        Mistake.NOTHING_READ,
                        first,
                        () -> words.deed(first) + " (event " + history.index(first)
                                + ") was acknowledged, and no read in the whole recording was answered");
                return;
            }
        }
    }
}
