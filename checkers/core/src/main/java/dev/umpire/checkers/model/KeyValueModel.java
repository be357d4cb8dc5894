package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * A string: {@code get} returns the whole of it, {@code put} replaces it, {@code append} adds to its end.
 *
 * <p>An absent key is the empty string; nil as a result means the same.
 */
final class KeyValueModel implements Model<String> {

    @Override
    public String name() {
        return "kv";
    }

    @Override
    public boolean knows(String function) {
        return function.equals("get") || function.equals("put") || function.equals("append");
    }

    @Override
    public String initial(Value declared) {
        return text(declared);
    }

    @Override
    public Optional<String> step(String state, Call call) {
        return switch (call.function()) {
            case "put" -> Optional.of(text(call.argument()));
            case "append" -> Optional.of(state + text(call.argument()));
            case "get" -> !call.answered() || text(call.result()).equals(state) ? Optional.of(state) : Optional.empty();
            default -> Optional.empty();
        };
    }

    @Override
    public Effect effect(Call call) {
        return call.function().equals("get") ? Effect.OBSERVES : Effect.ALWAYS_POSSIBLE;
    }

    @Override
    public Call canonical(Call call) {
        return call.function().equals("get")
                ? new Call("get", Value.NIL, Value.NIL, call.result(), call.answered())
                : Call.of(call.function(), call.argument());
    }

    @Override
    public boolean foreseesObservations() {
        return true;
    }

    @Override
    public boolean leadsTo(String state, Call observation) {
        return !observation.answered() || text(observation.result()).startsWith(state);
    }

    @Override
    public boolean overwrites(Call call) {
        return call.function().equals("put");
    }

    @Override
    public long sizeBytes(String state) {
        return 64 + 2L * state.length();
    }

    private static String text(Value value) {
        return value.isNil() ? "" : value.toString();
    }
}
