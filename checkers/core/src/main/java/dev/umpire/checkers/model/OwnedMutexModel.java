package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * A lock that only its holder releases: {@code acquire} needs it free, {@code release} needs it held by the session that
 * calls.
 *
 * <p>The state is the name of the session that holds it; nil where it is free.
 */
final class OwnedMutexModel implements Model<Value> {

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
    public Value initial(Value declared) {
        return Value.NIL;
    }

    @Override
    public Optional<Value> step(Value holder, Call call) {
        if (call.function().equals("acquire")) {
            return holder.isNil() ? Optional.of(call.caller()) : Optional.empty();
        }
        return !holder.isNil() && holder.equals(call.caller()) ? Optional.of(Value.NIL) : Optional.empty();
    }

    @Override
    public Call canonical(Call call) {
        return Call.of(call.function(), Value.NIL).by(call.caller());
    }
}
