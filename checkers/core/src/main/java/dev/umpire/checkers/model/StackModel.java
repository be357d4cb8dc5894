package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stack: {@code push} puts a value on top, {@code pop} takes the topmost.
 *
 * <p>A pop that returned nil found the stack empty. One without answer took whatever was on top.
 */
final class StackModel implements Model<StackModel.Stack> {

    /** Values one on the other; {@code below} of the lowest is null. */
    static final class Stack {
        static final Stack EMPTY = new Stack(Value.NIL, null, 0, 0);

        final Value top;
        final @Nullable Stack below;
        final int size;
        private final int hash;

        private Stack(Value top, @Nullable Stack below, int size, int hash) {
            this.top = top;
            this.below = below;
            this.size = size;
            this.hash = hash;
        }

        Stack with(Value value) {
            return new Stack(value, this, size + 1, (hash ^ value.hashCode()) * 0x9E3779B9 + size);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (!(other instanceof Stack stack) || size != stack.size || hash != stack.hash) {
                return false;
            }
            Stack one = this;
            Stack two = stack;
            while (one != two && one != null && two != null) {
                if (!one.top.equals(two.top)) {
                    return false;
                }
                one = one.below;
                two = two.below;
            }
            return true;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public String toString() {
            List<Value> values = new ArrayList<>();
            for (Stack at = this; at != null && at.size > 0; at = at.below) {
                values.add(0, at.top);
            }
            return values.toString();
        }
    }

    @Override
    public String name() {
        return "stack";
    }

    @Override
    public boolean knows(String function) {
        return function.equals("push") || function.equals("pop");
    }

    @Override
    public Stack initial(Value declared) {
        Stack stack = Stack.EMPTY;
        for (Value value : Elements.of(declared).orElseThrow()) {
            stack = stack.with(value);
        }
        return stack;
    }

    @Override
    public Optional<String> refusal(Value declared) {
        return Elements.of(declared).isPresent()
                ? Optional.empty()
                : Optional.of("found " + declared + " as the initial value, expected a vector or a list");
    }

    @Override
    public Optional<Stack> step(Stack state, Call call) {
        if (call.function().equals("push")) {
            return Optional.of(state.with(call.argument()));
        }
        Stack below = state.below;
        if (call.answered() && call.result().isNil()) {
            return below == null ? Optional.of(state) : Optional.empty();
        }
        return below != null && (!call.answered() || state.top.equals(call.result()))
                ? Optional.of(below)
                : Optional.empty();
    }

    @Override
    public Effect effect(Call call) {
        if (call.function().equals("push")) {
            return Effect.ALWAYS_POSSIBLE;
        }
        return call.answered() && call.result().isNil() ? Effect.OBSERVES : Effect.ANY;
    }

    @Override
    public Call canonical(Call call) {
        return call.function().equals("push")
                ? Call.of("push", call.argument())
                : new Call("pop", Value.NIL, Value.NIL, call.answered() ? call.result() : Value.NIL, call.answered());
    }
}
