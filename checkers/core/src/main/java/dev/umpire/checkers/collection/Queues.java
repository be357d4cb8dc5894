package dev.umpire.checkers.collection;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys that are queues: {@code enqueue}, {@code dequeue} (nil: it was empty) and {@code drain}, which takes all. */
public final class Queues {

    /** One queue; operations by invocation. */
    public static final class Queue {
        private final Map<Value, List<Integer>> enqueues = new LinkedHashMap<>();

        private final Map<Value, List<Integer>> takes = new LinkedHashMap<>();

        private final List<Integer> emptied = new ArrayList<>();

        private final List<Integer> unknownDequeues = new ArrayList<>();
        private final List<Integer> unknownDrains = new ArrayList<>();
        /** By element, the first enqueue of it that failed. */
        private final Map<Value, Integer> failed = new HashMap<>();

        private boolean strange;

        /** The enqueues that did not fail, by element. */
        public Map<Value, List<Integer>> enqueues() {
            return enqueues;
        }

        /** By element, who took it; an operation that took it twice stands twice. */
        public Map<Value, List<Integer>> takes() {
            return takes;
        }

        /** Those that found it empty, or left it empty. */
        public List<Integer> emptied() {
            return emptied;
        }

        /** The dequeues of unknown outcome, each of which may have taken one element. */
        public List<Integer> unknownDequeues() {
            return unknownDequeues;
        }

        /** The drains of unknown outcome, which may have taken all. */
        public List<Integer> unknownDrains() {
            return unknownDrains;
        }

        /** The first enqueue of an element that failed, if any did. */
        public Optional<Integer> failedEnqueue(Value element) {
            return Optional.ofNullable(failed.get(element));
        }
    }

    private static final Set<String> FUNCTIONS = Set.of("enqueue", "dequeue", "drain");

    private final History history;
    private final Map<Integer, Queue> queues = new HashMap<>();

    public Queues(History history) {
        this.history = history;
        int size = history.hasAny(FUNCTIONS) ? history.size() : 0;
        for (int o = 0; o < size; o++) {
            note(o);
        }
        queues.values().removeIf(queue -> queue.strange || (queue.enqueues.isEmpty() && queue.takes.isEmpty()));
    }

    private void note(int operation) {
        Outcome outcome = history.outcome(operation);
        int key = history.key(operation);
        String name = history.functionName(history.function(operation));
        if (outcome == Outcome.FAIL) {
            if (name.equals("enqueue")) {
                queue(key).failed.putIfAbsent(history.value(history.argument(operation)), operation);
            }
            return;
        }
        switch (name) {
            case "enqueue" -> {
                // a dequeue that returned nothing would say two things
                queue(key).strange |= history.value(history.argument(operation)).isNil();
                queue(key)
                        .enqueues
                        .computeIfAbsent(history.value(history.argument(operation)), element -> new ArrayList<>())
                        .add(operation);
            }
            case "dequeue" -> {
                Value result = history.value(history.result(operation));
                if (outcome == Outcome.INFO) {
                    queue(key).unknownDequeues.add(operation);
                } else if (result.isNil()) {
                    queue(key).emptied.add(operation);
                } else {
                    take(key, result, operation);
                }
            }
            case "drain" -> {
                Value result = history.value(history.result(operation));
                if (outcome == Outcome.INFO) {
                    queue(key).unknownDrains.add(operation);
                } else if (result instanceof Value.Sequence all) {
                    all.elements().forEach(element -> take(key, element, operation));
                    queue(key).emptied.add(operation);
                } else if (result.isNil()) {
                    queue(key).emptied.add(operation);
                } else {
                    queue(key).strange = true;
                }
            }
            default -> {
                if (key != History.NONE) {
                    queue(key).strange = true;
                }
                for (int i = 0; i < history.readCount(operation); i++) {
                    queue(history.readKey(operation, i)).strange = true;
                }
                for (int i = 0; i < history.writeCount(operation); i++) {
                    queue(history.writeKey(operation, i)).strange = true;
                }
            }
        }
    }

    private void take(int key, Value element, int operation) {
        queue(key).takes.computeIfAbsent(element, e -> new ArrayList<>()).add(operation);
    }

    private Queue queue(int key) {
        return queues.computeIfAbsent(key, k -> new Queue());
    }

    /** Whether the key is a queue, and nothing else was done to it. */
    public boolean holds(int key) {
        return queues.containsKey(key);
    }

    public boolean any() {
        return !queues.isEmpty();
    }

    /** The queue of a key that {@link #holds} one. */
    public Queue queueOf(int key) {
        return queue(key);
    }
}
