package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * A queue without order: {@code enqueue} puts an element in, {@code dequeue} takes any one out.
 *
 * <p>A dequeue that returned nil found it empty. One without answer took some element that nobody will see again. Which and
 * when matters only to a later dequeue that found the queue empty, and as it may take effect as late as that, it is enough to
 * remember that there was one.
 */
final class UnorderedQueueModel implements Model<UnorderedQueueModel.State> {

    /**
     * What may be there.
     *
     * @param elements all that nobody was seen to take
     * @param takers how many dequeues without answer each may have taken one
     */
    record State(Bag elements, int takers) {
        @Override
        public String toString() {
            return elements + (takers == 0 ? "" : " less up to " + takers);
        }
    }

    @Override
    public String name() {
        return "unordered-queue";
    }

    @Override
    public boolean knows(String function) {
        return function.equals("enqueue") || function.equals("dequeue");
    }

    @Override
    public State initial(Value declared) {
        Bag bag = Bag.EMPTY;
        for (Value value : Elements.of(declared).orElseThrow()) {
            bag = bag.plus(value);
        }
        return new State(bag, 0);
    }

    @Override
    public Optional<String> refusal(Value declared) {
        return Elements.of(declared).isPresent()
                ? Optional.empty()
                : Optional.of("found " + declared + " as the initial value, expected a vector, a list or a set");
    }

    @Override
    public Optional<State> step(State state, Call call) {
        if (call.function().equals("enqueue")) {
            return Optional.of(new State(state.elements().plus(call.argument()), state.takers()));
        }
        if (!call.answered()) {
            return Optional.of(new State(state.elements(), state.takers() + 1));
        }
        if (call.result().isNil()) {
            long left = state.takers() - state.elements().size();
            return left >= 0 ? Optional.of(new State(Bag.EMPTY, (int) left)) : Optional.empty();
        }
        return state.elements().contains(call.result())
                ? Optional.of(new State(state.elements().minus(call.result()), state.takers()))
                : Optional.empty();
    }

    @Override
    public Effect effect(Call call) {
        return call.function().equals("enqueue") ? Effect.ALWAYS_POSSIBLE : Effect.ANY;
    }

    @Override
    public Call canonical(Call call) {
        return call.function().equals("enqueue")
                ? Call.of("enqueue", call.argument())
                : new Call(
                        "dequeue", Value.NIL, Value.NIL, call.answered() ? call.result() : Value.NIL, call.answered());
    }

    @Override
    public long sizeBytes(State state) {
        return 512;
    }
}
