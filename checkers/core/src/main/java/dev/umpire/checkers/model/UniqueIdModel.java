package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * A source of ids: {@code generate} returns one that it never returned before.
 *
 * <p>The state is the set of those that were returned. A generate without answer, or whose answer is nil, returned nobody
 * knows what, and changes nothing that could be seen.
 */
final class UniqueIdModel implements Model<Bag> {

    @Override
    public String name() {
        return "unique-id";
    }

    @Override
    public boolean knows(String function) {
        return function.equals("generate");
    }

    @Override
    public Bag initial(Value declared) {
        return Bag.EMPTY;
    }

    @Override
    public Optional<Bag> step(Bag state, Call call) {
        if (!saysWhich(call)) {
            return Optional.of(state);
        }
        return state.contains(call.result()) ? Optional.empty() : Optional.of(state.plus(call.result()));
    }

    @Override
    public Effect effect(Call call) {
        return saysWhich(call) ? Effect.ANY : Effect.OBSERVES;
    }

    @Override
    public Call canonical(Call call) {
        return new Call("generate", Value.NIL, Value.NIL, saysWhich(call) ? call.result() : Value.NIL, saysWhich(call));
    }

    @Override
    public long sizeBytes(Bag state) {
        return 512;
    }

    private static boolean saysWhich(Call call) {
        return call.answered() && !call.result().isNil();
    }
}
