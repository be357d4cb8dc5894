package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * A queue, first in, first out: {@code enqueue} adds at the end, {@code dequeue} takes the first.
 *
 * <p>A dequeue that returned nil found the queue empty. One without answer took whatever was the first.
 */
final class QueueModel implements Model<Queue> {

    @Override
    public String name() {
        return "fifo-queue";
    }

    @Override
    public boolean knows(String function) {
        return function.equals("enqueue") || function.equals("dequeue");
    }

    @Override
    public Queue initial(Value declared) {
        Queue queue = Queue.EMPTY;
        for (Value value : Elements.of(declared).orElseThrow()) {
            queue = queue.plus(value);
        }
        return queue;
    }

    @Override
    public Optional<String> refusal(Value declared) {
        return Elements.of(declared).isPresent()
                ? Optional.empty()
                : Optional.of("found " + declared + " as the initial value, expected a vector or a list");
    }

    @Override
    public Optional<Queue> step(Queue state, Call call) {
        if (call.function().equals("enqueue")) {
            return Optional.of(state.plus(call.argument()));
        }
        if (call.answered() && call.result().isNil()) {
            return state.isEmpty() ? Optional.of(state) : Optional.empty();
        }
        return !state.isEmpty() && (!call.answered() || state.first().equals(call.result()))
                ? Optional.of(state.withoutFirst())
                : Optional.empty();
    }

    @Override
    public Effect effect(Call call) {
        if (call.function().equals("enqueue")) {
            return Effect.ALWAYS_POSSIBLE;
        }
        return call.answered() && call.result().isNil() ? Effect.OBSERVES : Effect.ANY;
    }

    @Override
    public Call canonical(Call call) {
        return call.function().equals("enqueue")
                ? Call.of("enqueue", call.argument())
                : new Call(
                        "dequeue", Value.NIL, Value.NIL, call.answered() ? call.result() : Value.NIL, call.answered());
    }

    @Override
    public long sizeBytes(Queue state) {
        return 64 + 8L * Math.min(state.size(), 64);
    }
}
