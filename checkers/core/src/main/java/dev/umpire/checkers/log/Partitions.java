package dev.umpire.checkers.log;

import dev.umpire.checkers.log.Partition.Entry;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The logs of a history, taken apart into partitions: {@code send} and {@code poll} of a key, or the steps {@code [:send k v]}
 * and {@code [:poll {k [[offset v]]}]} of a transaction, as Jepsen's Kafka workload records them.
 */
public final class Partitions {
    private static final Set<String> FUNCTIONS = Set.of("send", "poll", "txn");

    private final History history;
    private final Map<Value, Partition> partitions = new LinkedHashMap<>();
    /** By the partition: what cannot be understood, as "key x ..." goes on. */
    private final Map<Value, String> strange = new HashMap<>();

    private Partitions(History history) {
        this.history = history;
        int size = history.hasAny(FUNCTIONS) ? history.size() : 0;
        for (int o = 0; o < size; o++) {
            switch (history.functionName(history.function(o))) {
                case "send" -> send(o);
                case "poll" -> poll(o);
                case "txn" -> steps(o);
                default -> {}
            }
        }
    }

    public static Partitions of(History history) {
        return new Partitions(history);
    }

    /** Those to which something was sent or from which something was polled, in the order of the recording. */
    public Collection<Partition> all() {
        return partitions.values();
    }

    /** Whether a key is one of them. */
    public boolean holds(Value name) {
        return partitions.containsKey(name);
    }

    /** Why a partition cannot be judged; continues the sentence "key x ...". */
    public Optional<String> strange(Partition partition) {
        return Optional.ofNullable(strange.get(partition.name()));
    }

    private Partition partition(Value name) {
        return partitions.computeIfAbsent(name, Partition::new);
    }

    private void send(int operation) {
        Value argument = history.value(history.argument(operation));
        if (areSteps(argument)) {
            steps(operation);
            return;
        }
        long offset = history.position(operation);
        Value result = history.value(history.result(operation));
        if (offset == History.ABSENT && isOk(operation)) {
            offset = result instanceof Value.Sequence pair && pair.elements().size() == 2
                    ? offset(pair.elements().get(0)).orElse(History.ABSENT)
                    : History.ABSENT;
        }
        addSend(name(operation), new Entry(operation, argument, offset, false));
    }

    private void addSend(Value name, Entry entry) {
        if (history.outcome(entry.operation()) == Outcome.FAIL) {
            partition(name).addFailed(entry);
        } else {
            partition(name).addSent(entry);
        }
    }

    private void poll(int operation) {
        Value result = history.value(history.result(operation));
        if (areSteps(result) || areSteps(history.value(history.argument(operation)))) {
            steps(operation);
            return;
        }
        if (isOk(operation)) {
            addPoll(name(operation), operation, result);
        }
    }

    private void addPoll(Value name, int operation, Value records) {
        partition(name).addPoll(operation);
        List<Value> found = records.isNil() ? List.of() : elements(records).orElse(List.of(records));
        for (Value record : found) {
            List<Value> pair = elements(record).orElse(List.of());
            OptionalLong offset = pair.size() == 2 ? offset(pair.get(0)) : OptionalLong.empty();
            if (offset.isEmpty()) {
                strange.putIfAbsent(name, "was polled and returned " + record + ", which is no pair [offset message]");
                continue;
            }
            partition(name).addPolled(new Entry(operation, pair.get(1), offset.getAsLong(), true));
        }
    }

    /** An OK transaction says in its result what it did, another in its argument what it tried. */
    private void steps(int operation) {
        Value value = history.value(isOk(operation) ? history.result(operation) : history.argument(operation));
        for (Value step : elements(value).orElse(List.of())) {
            List<Value> parts = elements(step).orElse(List.of());
            String kind = parts.isEmpty() ? "" : word(parts.get(0));
            if (kind.equals("send") && parts.size() == 3) {
                List<Value> pair = elements(parts.get(2)).orElse(List.of());
                OptionalLong offset = isOk(operation) && pair.size() == 2 ? offset(pair.get(0)) : OptionalLong.empty();
                Value message = offset.isPresent() ? pair.get(1) : parts.get(2);
                addSend(parts.get(1), new Entry(operation, message, offset.orElse(History.ABSENT), false));
            } else if (kind.equals("poll")
                    && isOk(operation)
                    && parts.size() == 2
                    && parts.get(1) instanceof Value.MapOf polled) {
                polled.entries().forEach((name, records) -> addPoll(name, operation, records));
            }
        }
    }

    private Value name(int operation) {
        int key = history.key(operation);
        return key == History.NONE ? Value.NIL : history.keyName(key);
    }

    private boolean isOk(int operation) {
        return history.outcome(operation) == Outcome.OK;
    }

    /** Whether it is a list of steps, each with a word first. */
    private static boolean areSteps(Value value) {
        List<Value> steps = elements(value).orElse(List.of());
        return !steps.isEmpty() && steps.stream().allMatch(step -> isStep(step, "send") || isStep(step, "poll"));
    }

    /** Whether it is a list with this word first. */
    static boolean isStep(Value value, String word) {
        List<Value> parts = elements(value).orElse(List.of());
        return !parts.isEmpty() && word(parts.get(0)).equals(word);
    }

    private static Optional<List<Value>> elements(Value value) {
        return value instanceof Value.Sequence sequence ? Optional.of(sequence.elements()) : Optional.empty();
    }

    private static OptionalLong offset(Value value) {
        return value instanceof Value.Int number && number.value() != History.ABSENT
                ? OptionalLong.of(number.value())
                : OptionalLong.empty();
    }

    private static String word(Value value) {
        return value instanceof Value.Keyword keyword
                ? keyword.name()
                : value instanceof Value.Text text ? text.value() : "";
    }
}
