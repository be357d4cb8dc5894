package dev.umpire.checkers.integrity;

import dev.umpire.checkers.register.OwnWrites;
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
import java.util.stream.Collectors;

/**
 * What transactions read of keys that they had written themselves. Whether they should have read their own is a question of
 * the order within a transaction; that somebody wrote what they read is integrity's.
 *
 * <p>O(micro-operations), and O(accesses of a key) more for keys of which a transaction read what it had not written.
 */
final class OwnReads {
    private final History history;
    private final Words words;
    private final Anomalies anomalies;
    private final Map<Value, List<OwnWrites.Read>> reads;

    OwnReads(History history, Words words, Anomalies anomalies) {
        this.history = history;
        this.words = words;
        this.anomalies = anomalies;
        reads = OwnWrites.reads(history).stream().collect(Collectors.groupingBy(OwnWrites.Read::key));
    }

    /** The reads of one key. */
    void judge(Register register) {
        List<OwnWrites.Read> ofKey = reads.getOrDefault(history.keyName(register.key()), List.of());
        if (ofKey.isEmpty()) {
            return;
        }
        Map<Value, List<Integer>> writers = writers(register);
        for (OwnWrites.Read read : ofKey) {
            if (register.isList()) {
                if (read.value() instanceof Value.Sequence list) {
                    judgeElements(register, read, list.elements(), writers);
                }
            } else if (!read.own().contains(read.value())
                    && !read.value().equals(history.value(history.initialValue()))) {
                judge(register, read, read.value(), writers.getOrDefault(read.value(), List.of()));
            }
        }
    }

    /** Tells the first element that is at fault. */
    private void judgeElements(
            Register register, OwnWrites.Read read, List<Value> elements, Map<Value, List<Integer>> writers) {
        Set<Value> before = new HashSet<>();
        for (int i = 0; i < elements.size(); i++) {
            Value element = elements.get(i);
            boolean again = !before.add(element);
            List<Integer> by = writers.getOrDefault(element, List.of());
            if (!read.own().contains(element) && judge(register, read, element, by)) {
                return;
            }
            List<Integer> effective =
                    by.stream().filter(w -> history.outcome(w) != Outcome.FAIL).toList();
            if (effective.size() != 1) {
                continue;
            }
            int w = effective.get(0);
            if (again) {
                add("DUPLICATE_ELEMENT", register, read, element, effective, " twice, which was appended once: ");
                return;
            }
            if (w != read.operation() && isApart(writtenTo(w, register.key()), elements, i)) {
                add(
                        "INTERMEDIATE_READ",
                        register,
                        read,
                        element,
                        effective,
                        ", in which what one transaction appended together stands apart: ");
                return;
            }
        }
    }

    /** Whether one of several that were appended together has another neighbour than among these. */
    private static boolean isApart(List<Value> together, List<Value> elements, int place) {
        int at = together.indexOf(elements.get(place));
        boolean lacksNext = at + 1 < together.size()
                && (place + 1 == elements.size() || !elements.get(place + 1).equals(together.get(at + 1)));
        boolean lacksPrevious =
                at > 0 && (place == 0 || !elements.get(place - 1).equals(together.get(at - 1)));
        return lacksNext || lacksPrevious;
    }

    private List<Value> writtenTo(int operation, int key) {
        List<Value> written = new ArrayList<>();
        for (int i = 0; i < history.writeCount(operation); i++) {
            if (history.writeKey(operation, i) == key) {
                written.add(history.value(history.writeValue(operation, i)));
            }
        }
        return written;
    }

    /** Of each value the operations that wrote it, or tried to. */
    private Map<Value, List<Integer>> writers(Register register) {
        Map<Value, List<Integer>> writers = new HashMap<>();
        for (int a = 0; a < register.size(); a++) {
            int o = register.operation(a);
            // an operation that reads and writes the key has several accesses
            boolean again = a > 0 && register.operation(a - 1) == o;
            for (int i = 0; i < history.writeCount(o) && !again; i++) {
                if (history.writeKey(o, i) == register.key()) {
                    writers.computeIfAbsent(history.value(history.writeValue(o, i)), unused -> new ArrayList<>())
                            .add(o);
                }
            }
        }
        return writers;
    }

    /** Whether it is at fault. */
    private boolean judge(Register register, OwnWrites.Read read, Value value, List<Integer> writers) {
        int r = read.operation();
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
        List<Value> written = writtenTo(operation, key);
        return written.get(written.size() - 1);
    }

    private void add(
            String kind, Register register, OwnWrites.Read read, Value value, List<Integer> writers, String fault) {
        int w = writers.get(0);
        anomalies.add(
                w == read.operation() ? 1 : 2,
                Math.abs((long) history.invoked(read.operation()) - history.invoked(w)),
                () -> anomaly(
                        kind,
                        register,
                        told(register, read, value) + fault + words.wrote(w, register.key()),
                        w == read.operation() ? List.of(w) : List.of(w, read.operation())));
    }

    /** {@code session 3 read x at n2 (1 ms to 2 ms) behind its own write, which returned 37}. */
    private String told(Register register, OwnWrites.Read read, Value value) {
        int r = read.operation();
        return words.session(r) + " read " + words.key(register.key()) + words.atNode(r) + " (" + words.span(r)
                + ") behind its own write, which returned " + words.value(read.value())
                + (register.isList() ? ", with " + words.value(value) : "");
    }

    private Anomaly anomaly(String kind, Register register, String sentence, List<Integer> operations) {
        return new Anomaly(kind, words.key(register.key()), sentence, operations);
    }
}
