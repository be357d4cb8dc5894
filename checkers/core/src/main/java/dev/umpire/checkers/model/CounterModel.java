package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A number: {@code increment} and {@code add} make it larger by their argument (1 without one), {@code decrement} smaller,
 * {@code read} returns it.
 *
 * <p>A key that is absent counts from 0; nil as a result means the same. What a change returned is not judged, as most
 * recordings repeat its argument.
 */
final class CounterModel implements Model<BigInteger> {

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public boolean knows(String function) {
        return switch (function) {
            case "increment", "decrement", "add", "read" -> true;
            default -> false;
        };
    }

    @Override
    public BigInteger initial(Value declared) {
        return declared.integer().orElse(BigInteger.ZERO);
    }

    @Override
    public Optional<String> refusal(Call call) {
        if (call.function().equals("read")) {
            return call.answered()
                            && !call.result().isNil()
                            && call.result().integer().isEmpty()
                    ? Elements.expected(call, "result", call.result(), "an integer")
                    : Optional.empty();
        }
        return !call.argument().isNil() && call.argument().integer().isEmpty()
                ? Elements.expected(call, "argument", call.argument(), "an integer")
                : Optional.empty();
    }

    @Override
    public Optional<BigInteger> step(BigInteger state, Call call) {
        return switch (call.function()) {
            case "increment", "add" -> Optional.of(state.add(amount(call)));
            case "decrement" -> Optional.of(state.subtract(amount(call)));
            case "read" ->
                !call.answered()
                                || call.result()
                                        .integer()
                                        .orElse(BigInteger.ZERO)
                                        .equals(state)
                        ? Optional.of(state)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    @Override
    public Effect effect(Call call) {
        return call.function().equals("read") ? Effect.OBSERVES : Effect.ALWAYS_POSSIBLE;
    }

    @Override
    public Call canonical(Call call) {
        if (call.function().equals("read")) {
            return new Call("read", Value.NIL, Value.NIL, call.result(), call.answered());
        }
        BigInteger amount = amount(call);
        return Call.of("add", new Value.BigInt(call.function().equals("decrement") ? amount.negate() : amount));
    }

    private static BigInteger amount(Call call) {
        return call.argument().integer().orElse(BigInteger.ONE);
    }
}
