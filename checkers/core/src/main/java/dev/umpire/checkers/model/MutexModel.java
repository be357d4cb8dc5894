package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * A lock, free at first: {@code acquire} needs it free, {@code release} needs it held, by whomever.
 *
 * <p>The state is whether it is held.
 */
final class MutexModel implements Model<Boolean> {

    @Override
    public String name() {
        return "mutex";
    }

    @Override
    public boolean knows(String function) {
        return function.equals("acquire") || function.equals("release");
    }

    @Override
    public Boolean initial(Value declared) {
        return false;
    }

    @Override
    public Optional<Boolean> step(Boolean held, Call call) {
        boolean acquires = call.function().equals("acquire");
        return acquires == held ? Optional.empty() : Optional.of(acquires);
    }

    @Override
    public Call canonical(Call call) {
        return Call.of(call.function(), Value.NIL);
    }
}
