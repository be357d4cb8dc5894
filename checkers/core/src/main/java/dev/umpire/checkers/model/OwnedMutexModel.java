package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * A lock that only its holder releases: {@code acquire} needs it free, {@code release} needs it held by the session that
 * calls.
 *
 * <p>The state is who holds it.
 */
final class OwnedMutexModel implements Model<OwnedMutexModel.State> {

    /**
     * Held or free.
     *
     * @param holder the name of the session that holds it
     */
    record State(Optional<Value> holder) {
        @Override
        public String toString() {
            return holder.map(session -> "held by session " + session).orElse("free");
        }
    }

    @Override
    public String name() {
        return "owned-mutex";
    }

    @Override
    public boolean knows(String function) {
        return function.equals("acquire") || function.equals("release");
    }

    @Override
    public boolean asksForCaller() {
        return true;
    }

    @Override
    public State initial(Value declared) {
        return new State(Optional.empty());
    }

    @Override
    public Optional<State> step(State state, Call call) {
        Optional<Value> caller = Optional.of(call.caller());
        if (call.function().equals("acquire")) {
            return state.holder().isEmpty() ? Optional.of(new State(caller)) : Optional.empty();
        }
        return state.holder().equals(caller) ? Optional.of(new State(Optional.empty())) : Optional.empty();
    }

    @Override
    public Call canonical(Call call) {
        return Call.of(call.function(), Value.NIL).by(call.caller());
    }
}
