package dev.umpire.checkers.integrity;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What transactions read of keys that they had written themselves. Whether they should have read their own is a question of
 * the order within a transaction; that somebody wrote what they read is integrity's.
 *
 * <p>O(micro-operations), and O(accesses of a key) more for keys of which a transaction read what it had not written.
 */
final class OwnReads {
    private static final Set<String> READING = Set.of("r", "read");
    private static final Set<String> WRITING = Set.of("w", "write", "append");

    private final History history;
    private final Words words;
    private final Anomalies anomalies;

    /** By key, what was read behind an own write and is not just what was written. */
    private final Map<Value, List<Read>> reads = new HashMap<>();

    private record Read(int operation, Value value, Set<Value> own) {}

    OwnReads(History history, Words words, Anomalies anomalies) {
        this.history = history;
        this.words = words;
        this.anomalies = anomalies;
        for (int o = 0; o < history.size(); o++) {
            if (history.writeCount(o) > 0
                    && history.outcome(o) == Outcome.OK
                    && history.value(history.result(o)) instanceof Value.Sequence steps
                    && steps.elements().size() > history.readCount(o) + history.writeCount(o)) {
                note(o, steps.elements());
            }
        }
    }

    private void note(int operation, List<Value> steps) {
        Map<Value, Set<Value>> own = new HashMap<>();
        for (Value step : steps) {
            if (!(step instanceof Value.Sequence parts) || parts.elements().size() != 3) {
                continue;
            }
            String kind = word(parts.elements().get(0));
            Value key = parts.elements().get(1);
            Value value = parts.elements().get(2);
            Set<Value> written = own.computeIfAbsent(key, unused -> new HashSet<>());
            if (WRITING.contains(kind)) {
                written.add(value);
            } else if (READING.contains(kind) && !written.isEmpty() && !written.contains(value)) {
                reads.computeIfAbsent(key, unused -> new ArrayList<>())
                        .add(new Read(operation, value, Set.copyOf(written)));
            }
        }
    }

    private static String word(Value value) {
        return value instanceof Value.Keyword keyword
                ? keyword.name()
                : value instanceof Value.Text text ? text.value() : "";
    }

    /** The reads of one key. */
    void judge(Register register) {
        List<Read> ofKey = reads.getOrDefault(history.keyName(register.key()), List.of());
        if (ofKey.isEmpty()) {
            return;
        }
        Map<Value, List<Integer>> writers = writers(register);
        for (Read read : ofKey) {
            if (!register.isList()) {
                if (!read.value.equals(history.value(history.initialValue()))) {
                    judge(register, read, read.value, writers.getOrDefault(read.value, List.of()));
                }
            } else if (read.value instanceof Value.Sequence list) {
                judgeElements(register, read, list.elements(), writers);
            }
        }
    }

    /** Tells the first element that is at fault. */
    private void judgeElements(Register register, Read read, List<Value> elements, Map<Value, List<Integer>> writers) {
        for (Value element : elements) {
            if (!read.own.contains(element)
                    && judge(register, read, element, writers.getOrDefault(element, List.of()))) {
                return;
            }
        }
    }

    /** Of each value the operations that wrote it, or tried to. */
    private Map<Value, List<Integer>> writers(Register register) {
        Map<Value, List<Integer>> writers = new HashMap<>();
        for (int a = 0; a < register.size(); a++) {
            int o = register.operation(a);
            for (int i = 0; i < history.writeCount(o); i++) {
                if (history.writeKey(o, i) == register.key()) {
                    writers.computeIfAbsent(history.value(history.writeValue(o, i)), unused -> new ArrayList<>())
                            .add(o);
                }
            }
        }
        return writers;
    }

    /** Whether it is at fault. */
    private boolean judge(Register register, Read read, Value value, List<Integer> writers) {
        int r = read.operation;
        List<Integer> others = writers.stream().filter(w -> w != r).toList();
        List<Integer> effective =
                others.stream().filter(w -> history.outcome(w) != Outcome.FAIL).toList();
        List<Integer> inTime = effective.stream()
                .filter(w -> !history.realTime() || history.invoked(w) < history.completed(r))
                .toList();
        if (!inTime.isEmpty()) {
            boolean replaced = !register.isList()
                    && inTime.stream().noneMatch(w -> last(w, register.key()).equals(value));
            if (replaced) {
                add(
                        "INTERMEDIATE_READ",
                        register,
                        read,
                        value,
                        inTime,
                        ", a value that the transaction which wrote it replaced itself: ");
            }
            return replaced;
        }
        boolean list = register.isList();
        if (!effective.isEmpty()) {
            add("FUTURE_READ", register, read, value, effective, ", before anybody wrote it: ");
        } else if (!others.isEmpty()) {
            add(
                    "ABORTED_READ",
                    register,
                    read,
                    value,
                    others,
                    (list ? ", which" : ", a value that") + " took no effect: ");
        } else {
            String nobody = (list ? ", which nobody else appended to " : ", a value that nobody else wrote to ")
                    + words.key(register.key());
            anomalies.add(
                    1, 0, () -> anomaly("PHANTOM_READ", register, told(register, read, value) + nobody, List.of(r)));
        }
        return true;
    }

    private Value last(int operation, int key) {
        Value last = Value.NIL;
        for (int i = 0; i < history.writeCount(operation); i++) {
            if (history.writeKey(operation, i) == key) {
                last = history.value(history.writeValue(operation, i));
            }
        }
        return last;
    }

    private void add(String kind, Register register, Read read, Value value, List<Integer> writers, String fault) {
        int w = writers.get(0);
        anomalies.add(
                2,
                Math.abs((long) history.invoked(read.operation) - history.invoked(w)),
                () -> anomaly(
                        kind,
                        register,
                        told(register, read, value) + fault + words.wrote(w, register.key()),
                        List.of(w, read.operation)));
    }

    /** {@code session 3 read x at n2 (1 ms to 2 ms) behind its own write, which returned 37}. */
    private String told(Register register, Read read, Value value) {
        int r = read.operation;
        return words.session(r) + " read " + words.key(register.key()) + words.atNode(r) + " (" + words.span(r)
                + ") behind its own write, which returned " + words.value(read.value)
                + (register.isList() ? ", with " + words.value(value) : "");
    }

    private Anomaly anomaly(String kind, Register register, String sentence, List<Integer> operations) {
        return new Anomaly(kind, words.key(register.key()), sentence, operations);
    }
}
