package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A lock that hands out fencing tokens: {@code acquire} needs it free and returns an integer larger than every one before;
 * {@code release} needs it held, and if it names a token, held with that one.
 *
 * <p>An acquire without a token took the smallest that it could: a larger one would only exclude more. Source: Kleppmann,
 * <i>Designing Data-Intensive Applications</i>, 2017, chapter 8, fencing tokens.
 */
final class FencedLockModel implements Model<FencedLockModel.State> {

    /**
     * Held or free, and the last token.
     *
     * @param token the last one, or the smallest that the last one can have been
     * @param told whether that was returned to anybody
     */
    record State(boolean held, Optional<BigInteger> token, boolean told) {
        @Override
        public String toString() {
            return (held ? "held" : "free")
                    + token.map(last -> ", last token " + (told ? "" : "at least ") + last)
                            .orElse("");
        }
    }

    @Override
    public String name() {
        return "fenced-lock";
    }

    @Override
    public boolean knows(String function) {
        return function.equals("acquire") || function.equals("release");
    }

    @Override
    public State initial(Value declared) {
        return new State(false, Optional.empty(), false);
    }

    @Override
    public Optional<String> refusal(Call call) {
        if (call.function().equals("acquire")) {
            return call.answered()
                            && !call.result().isNil()
                            && call.result().integer().isEmpty()
                    ? Elements.expected(call, "result", call.result(), "an integer")
                    : Optional.empty();
        }
        return !call.argument().isNil() && call.argument().integer().isEmpty()
                ? Elements.expected(call, "argument", call.argument(), "an integer or nil")
                : Optional.empty();
    }

    @Override
    public Optional<State> step(State state, Call call) {
        if (call.function().equals("acquire")) {
            if (state.held()) {
                return Optional.empty();
            }
            Optional<BigInteger> smallest = state.token().map(last -> last.add(BigInteger.ONE));
            Optional<BigInteger> token = call.answered() ? call.result().integer() : Optional.empty();
            if (token.isEmpty()) {
                return Optional.of(new State(true, smallest, false));
            }
            return smallest.isEmpty() || token.get().compareTo(smallest.get()) >= 0
                    ? Optional.of(new State(true, token, true))
                    : Optional.empty();
        }
        return state.held() ? released(state, call.argument().integer()) : Optional.empty();
    }

    private static Optional<State> released(State state, Optional<BigInteger> token) {
        if (token.isEmpty()) {
            return Optional.of(new State(false, state.token(), state.told()));
        }
        boolean possible = state.token().isEmpty()
                || (state.told()
                        ? token.equals(state.token())
                        : token.get().compareTo(state.token().get()) >= 0);
        return possible ? Optional.of(new State(false, token, true)) : Optional.empty();
    }

    @Override
    public Call canonical(Call call) {
        return call.function().equals("acquire")
                ? new Call(
                        "acquire", Value.NIL, Value.NIL, call.answered() ? call.result() : Value.NIL, call.answered())
                : Call.of("release", call.argument());
    }
}
