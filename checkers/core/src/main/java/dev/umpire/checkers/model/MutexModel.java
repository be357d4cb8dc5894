package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * A lock, free at first: {@code acquire} needs it free, {@code release} needs it held, by whomever.
 *
 * <p>The state is whether it is held.
 */
final class MutexModel implements Model<MutexModel.State> {

    /** Held or free. */
    record State(boolean held) {
        @Override
        public String toString() {
            return held ? "held" : "free";
        }
    }

    @Override
    public String name() {
        return "mutex";
    }

    @Override
    public boolean knows(String function) {
        return function.equals("acquire") || function.equals("release");
    }

    @Override
    public State initial(Value declared) {
        return new State(false);
    }

    @Override
    public Optional<State> step(State state, Call call) {
        boolean acquires = call.function().equals("acquire");
        return acquires == state.held() ? Optional.empty() : Optional.of(new State(acquires));
    }

    @Override
    public Call canonical(Call call) {
        return Call.of(call.function(), Value.NIL);
    }
}
