package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * One value: {@code read} returns it, {@code write} replaces it, {@code cas [old new]} replaces it if it is {@code old}.
 *
 * <p>A read of nil returned nil: it is right only while nobody has written and the initial value is nil. The state is the
 * value.
 */
final class RegisterModel implements Model<Value> {
    private final String name;
    private final boolean comparesAndSets;

    RegisterModel(String name, boolean comparesAndSets) {
        this.name = name;
        this.comparesAndSets = comparesAndSets;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean knows(String function) {
        return function.equals("read") || function.equals("write") || (comparesAndSets && function.equals("cas"));
    }

    @Override
    public Value initial(Value declared) {
        return declared;
    }

    @Override
    public Optional<Value> step(Value state, Call call) {
        return switch (call.function()) {
            case "write" -> Optional.of(call.argument());
            case "read" -> !call.answered() || call.result().equals(state) ? Optional.of(state) : Optional.empty();
            case "cas" -> {
                List<Value> oldAndNew = oldAndNew(call.argument());
                yield oldAndNew.size() == 2 && oldAndNew.get(0).equals(state)
                        ? Optional.of(oldAndNew.get(1))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    @Override
    public Effect effect(Call call) {
        return switch (call.function()) {
            case "read" -> Effect.OBSERVES;
            case "write" -> Effect.ALWAYS_POSSIBLE;
            default -> {
                List<Value> oldAndNew = oldAndNew(call.argument());
                boolean changesNothing =
                        oldAndNew.size() == 2 && oldAndNew.get(0).equals(oldAndNew.get(1));
                yield changesNothing ? Effect.OBSERVES : Effect.ANY;
            }
        };
    }

    @Override
    public Call canonical(Call call) {
        return call.function().equals("read")
                ? new Call("read", Value.NIL, Value.NIL, call.result(), call.answered())
                : Call.of(call.function(), call.argument());
    }

    private static List<Value> oldAndNew(Value argument) {
        return argument instanceof Value.Sequence pair ? pair.elements() : List.of();
    }
}
