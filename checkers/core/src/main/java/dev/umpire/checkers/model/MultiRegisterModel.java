package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A value for each of several keys. {@code txn} reads and writes them in the order of its micro-operations
 * ({@code [:r k v]}, {@code [:w k v]}, {@code [:append k v]}) at one moment; {@code snapshot} reads several;
 * {@code read}, {@code write}, {@code cas} and {@code append} name one key.
 *
 * <p>As lists ({@code list-append}), {@code append} adds an element to the end of a list, and nil and the empty list are the
 * same.
 */
final class MultiRegisterModel implements Model<MultiRegisterModel.Registers> {

    /** The values of the keys that were ever written, and the value of all others. */
    record Registers(Value initial, Map<Value, Value> written) {
        Value get(Value key) {
            return written.getOrDefault(key, initial);
        }

        /** Mixed, as the sum of a map's small numbers is the same for too many maps. */
        @Override
        public int hashCode() {
            int sum = initial.hashCode();
            for (Map.Entry<Value, Value> entry : written.entrySet()) {
                int mixed = (entry.getKey().hashCode() * 31 + entry.getValue().hashCode()) * 0x9E3779B9;
                sum += (mixed ^ (mixed >>> 15)) * 0x85EBCA6B;
            }
            return sum;
        }

        /** {@code x=1, y=2, all else nil}, by name; a key without a name is the only one. */
        @Override
        public String toString() {
            if (written.containsKey(Value.NIL)) {
                return written.get(Value.NIL).toString();
            }
            String all = written.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .sorted()
                    .collect(Collectors.joining(", "));
            return all.isEmpty() ? "nothing but " + initial : all + ", all else " + initial;
        }

        Registers with(Value key, Value value) {
            Map<Value, Value> more = new HashMap<>(written);
            if (value.equals(initial)) {
                more.remove(key);
            } else {
                more.put(key, value);
            }
            return new Registers(initial, more);
        }
    }

    private final String name;
    private final boolean lists;

    MultiRegisterModel(String name, boolean lists) {
        this.name = name;
        this.lists = lists;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean knows(String function) {
        return switch (function) {
            case "read", "snapshot", "txn" -> true;
            case "write", "cas" -> !lists;
            case "append" -> lists;
            default -> false;
        };
    }

    @Override
    public Scope scope() {
        return Scope.JOINED_KEYS;
    }

    @Override
    public Registers initial(Value declared) {
        return new Registers(normal(declared), Map.of());
    }

    @Override
    public Optional<Registers> step(Registers state, Call call) {
        return switch (call.function()) {
            case "txn" -> transaction(state, call);
            case "snapshot" -> matches(state, call) ? Optional.of(state) : Optional.empty();
            case "read" ->
                !call.answered() || normal(call.result()).equals(state.get(call.key()))
                        ? Optional.of(state)
                        : Optional.empty();
            case "write" -> Optional.of(state.with(call.key(), normal(call.argument())));
            case "append" -> Optional.of(state.with(call.key(), appended(state.get(call.key()), call.argument())));
            case "cas" -> {
                List<Value> oldAndNew = elements(call.argument());
                yield oldAndNew.size() == 2 && oldAndNew.get(0).equals(state.get(call.key()))
                        ? Optional.of(state.with(call.key(), oldAndNew.get(1)))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    @Override
    public Effect effect(Call call) {
        return switch (call.function()) {
            case "read", "snapshot" -> Effect.OBSERVES;
            case "write", "append" -> Effect.ALWAYS_POSSIBLE;
            case "txn" -> effectOfTransaction(call);
            default -> Effect.ANY;
        };
    }

    @Override
    public Call canonical(Call call) {
        return switch (call.function()) {
            case "write", "append", "cas" -> new Call(call.function(), call.key(), call.argument(), Value.NIL, true);
            default -> call;
        };
    }

    @Override
    public long sizeBytes(Registers state) {
        return 64 + 64L * state.written().size();
    }

    private Optional<Registers> transaction(Registers before, Call call) {
        Registers state = before;
        for (Value step : microOperations(call)) {
            List<Value> parts = elements(step);
            if (parts.size() != 3) {
                return Optional.empty();
            }
            Value key = parts.get(1);
            Value value = parts.get(2);
            switch (MicroOperations.nameOf(parts.get(0))) {
                case "r", "read" -> {
                    if (call.answered() && !normal(value).equals(state.get(key))) {
                        return Optional.empty();
                    }
                }
                case "append" -> state = state.with(key, appended(state.get(key), value));
                default -> state = state.with(key, normal(value));
            }
        }
        return Optional.of(state);
    }

    private static Effect effectOfTransaction(Call call) {
        int reads = 0;
        int writes = 0;
        for (Value step : microOperations(call)) {
            List<Value> parts = elements(step);
            boolean read = !parts.isEmpty() && MicroOperations.isRead(parts.get(0));
            reads += read ? 1 : 0;
            writes += read ? 0 : 1;
        }
        if (writes == 0) {
            return Effect.OBSERVES;
        }
        return reads == 0 || !call.answered() ? Effect.ALWAYS_POSSIBLE : Effect.ANY;
    }

    /** The transaction as it was answered, or as it was asked where no answer is known. */
    private static List<Value> microOperations(Call call) {
        return elements(call.answered() ? call.result() : call.argument());
    }

    private boolean matches(Registers state, Call call) {
        if (!call.answered()) {
            return true;
        }
        if (call.result() instanceof Value.MapOf map) {
            return map.entries().entrySet().stream()
                    .allMatch(entry -> normal(entry.getValue()).equals(state.get(entry.getKey())));
        }
        List<Value> keys = elements(call.argument());
        List<Value> values = elements(call.result());
        for (int i = 0; i < values.size(); i++) {
            if (i >= keys.size() || !normal(values.get(i)).equals(state.get(keys.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private Value normal(Value value) {
        return lists && value.equals(Value.of(List.of())) ? Value.NIL : value;
    }

    private static Value appended(Value list, Value element) {
        List<Value> more = new ArrayList<>(elements(list));
        more.add(element);
        return Value.of(more);
    }

    private static List<Value> elements(Value value) {
        return value instanceof Value.Sequence sequence ? sequence.elements() : List.of();
    }
}
