package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/**
 * What objects do, written down once more and as plainly as can be: every state is a list of values, and a call without an
 * answer has every result that it could have had.
 */
enum PlainObjects {
    COUNTER("counter") {
        @Override
        List<List<Value>> after(List<Value> state, Deed deed) {
            long now = state.isEmpty() ? 0 : ((Value.Int) state.get(0)).value();
            return switch (deed.function()) {
                case "increment" -> List.of(List.of(Value.of(now + 1)));
                case "decrement" -> List.of(List.of(Value.of(now - 1)));
                case "add" -> List.of(List.of(Value.of(now + ((Value.Int) deed.argument()).value())));
                default -> when(is(deed, Value.of(now)), state);
            };
        }

        @Override
        Deed drawn(Random random) {
            return switch (random.nextInt(4)) {
                case 0 -> asked("increment", Value.NIL);
                case 1 -> asked("decrement", Value.NIL);
                case 2 -> asked("add", Value.of(1 + random.nextInt(2)));
                default -> asked("read", Value.NIL);
            };
        }

        @Override
        Value result(List<Value> state, Deed deed) {
            return deed.function().equals("read") ? state.isEmpty() ? Value.of(0) : state.get(0) : deed.argument();
        }
    },

    GROW_ONLY_SET("g-set") {
        @Override
        List<List<Value>> after(List<Value> state, Deed deed) {
            return SET.after(state, deed);
        }

        @Override
        Deed drawn(Random random) {
            return random.nextBoolean() ? asked("add", one(random)) : asked("read", Value.NIL);
        }

        @Override
        Value result(List<Value> state, Deed deed) {
            return deed.function().equals("read") ? Value.of(state) : deed.argument();
        }
    },

    SET("set") {
        @Override
        List<List<Value>> after(List<Value> state, Deed deed) {
            boolean there = state.contains(deed.argument());
            List<Value> less = without(state, deed.argument());
            return switch (deed.function()) {
                case "add" ->
                    when(
                            !(deed.result() instanceof Value.Bool) || is(deed, Value.of(!there)),
                            with(less, deed.argument()));
                case "remove" -> when(!(deed.result() instanceof Value.Bool) || is(deed, Value.of(there)), less);
                case "contains" -> when(is(deed, Value.of(there)), state);
                default ->
                    when(
                            deed.unknown()
                                    || (deed.result() instanceof Value.Sequence read
                                            && read.elements().size() == state.size()
                                            && new HashSet<>(read.elements()).equals(new HashSet<>(state))),
                            state);
            };
        }

        @Override
        Deed drawn(Random random) {
            return switch (random.nextInt(4)) {
                case 0 -> asked("add", one(random));
                case 1 -> asked("remove", one(random));
                case 2 -> asked("contains", one(random));
                default -> asked("read", Value.NIL);
            };
        }

        @Override
        Value result(List<Value> state, Deed deed) {
            boolean there = state.contains(deed.argument());
            return switch (deed.function()) {
                case "add" -> Value.of(!there);
                case "remove" -> deed.argument();
                case "contains" -> Value.of(there);
                default -> Value.of(state);
            };
        }
    },

    FIFO_QUEUE("fifo-queue") {
        @Override
        List<List<Value>> after(List<Value> state, Deed deed) {
            if (deed.function().equals("enqueue")) {
                return List.of(with(state, deed.argument()));
            }
            return state.isEmpty()
                    ? when(is(deed, Value.NIL), state)
                    : when(is(deed, state.get(0)), state.subList(1, state.size()));
        }

        @Override
        Deed drawn(Random random) {
            return random.nextBoolean() ? asked("enqueue", one(random)) : asked("dequeue", Value.NIL);
        }

        @Override
        Value result(List<Value> state, Deed deed) {
            return deed.function().equals("enqueue") ? deed.argument() : state.isEmpty() ? Value.NIL : state.get(0);
        }
    },

    UNORDERED_QUEUE("unordered-queue") {
        @Override
        List<List<Value>> after(List<Value> state, Deed deed) {
            if (deed.function().equals("enqueue")) {
                return List.of(sorted(with(state, deed.argument())));
            }
            if (state.isEmpty()) {
                return when(is(deed, Value.NIL), state);
            }
            List<List<Value>> all = new ArrayList<>();
            for (Value value : new HashSet<>(state)) {
                all.addAll(when(is(deed, value), without(state, value)));
            }
            return all;
        }

        @Override
        Deed drawn(Random random) {
            return FIFO_QUEUE.drawn(random);
        }

        @Override
        Value result(List<Value> state, Deed deed) {
            return deed.function().equals("enqueue")
                    ? deed.argument()
                    : state.isEmpty() ? Value.NIL : state.get(state.size() / 2);
        }
    },

    STACK("stack") {
        @Override
        List<List<Value>> after(List<Value> state, Deed deed) {
            if (deed.function().equals("push")) {
                return List.of(with(state, deed.argument()));
            }
            int last = state.size() - 1;
            return state.isEmpty()
                    ? when(is(deed, Value.NIL), state)
                    : when(is(deed, state.get(last)), state.subList(0, last));
        }

        @Override
        Deed drawn(Random random) {
            return random.nextBoolean() ? asked("push", one(random)) : asked("pop", Value.NIL);
        }

        @Override
        Value result(List<Value> state, Deed deed) {
            return deed.function().equals("push")
                    ? deed.argument()
                    : state.isEmpty() ? Value.NIL : state.get(state.size() - 1);
        }
    },

    MUTEX("mutex") {
        @Override
        List<List<Value>> after(List<Value> state, Deed deed) {
            boolean acquires = deed.function().equals("acquire");
            return when(acquires == state.isEmpty(), acquires ? List.of(Value.of(1)) : List.of());
        }

        @Override
        Deed drawn(Random random) {
            return asked(random.nextBoolean() ? "acquire" : "release", Value.NIL);
        }

        @Override
        Value result(List<Value> state, Deed deed) {
            return Value.NIL;
        }
    },

    OWNED_MUTEX("owned-mutex") {
        @Override
        List<List<Value>> after(List<Value> state, Deed deed) {
            Value caller = Value.of(deed.session());
            return deed.function().equals("acquire")
                    ? when(state.isEmpty(), List.of(caller))
                    : when(state.equals(List.of(caller)), List.of());
        }

        @Override
        Deed drawn(Random random) {
            return MUTEX.drawn(random);
        }

        @Override
        Value result(List<Value> state, Deed deed) {
            return Value.NIL;
        }
    },

    FENCED_LOCK("fenced-lock") {
        /** Tokens are -8 to 9 here; the state is the last token, and a second element while it is held. */
        @Override
        List<List<Value>> after(List<Value> state, Deed deed) {
            long last = state.isEmpty() ? -9 : ((Value.Int) state.get(0)).value();
            if (deed.function().equals("release")) {
                boolean named = deed.argument().isNil() || deed.argument().equals(Value.of(last));
                return when(state.size() == 2 && named, List.of(Value.of(last)));
            }
            List<List<Value>> all = new ArrayList<>();
            for (long token = last + 1; token <= 9 && state.size() < 2; token++) {
                boolean told =
                        deed.unknown() || deed.result().isNil() || deed.result().equals(Value.of(token));
                all.addAll(when(told, List.of(Value.of(token), Value.of(true))));
            }
            return all;
        }

        @Override
        Deed drawn(Random random) {
            return random.nextBoolean()
                    ? asked("acquire", Value.NIL)
                    : asked("release", random.nextBoolean() ? Value.NIL : Value.of(1 + random.nextInt(4)));
        }

        @Override
        Value result(List<Value> state, Deed deed) {
            long last = state.isEmpty() ? 0 : ((Value.Int) state.get(0)).value();
            return deed.function().equals("acquire") ? Value.of(last + 1) : deed.argument();
        }
    },

    UNIQUE_ID("unique-id") {
        @Override
        List<List<Value>> after(List<Value> state, Deed deed) {
            return deed.unknown()
                    ? List.of(state)
                    : when(!state.contains(deed.result()), sorted(with(state, deed.result())));
        }

        @Override
        Deed drawn(Random random) {
            return asked("generate", Value.NIL);
        }

        @Override
        Value result(List<Value> state, Deed deed) {
            return Value.of(1 + state.size());
        }
    };

    /**
     * One operation.
     *
     * @param completed {@link Integer#MAX_VALUE} where it is unknown
     */
    record Deed(String function, Value argument, Value result, int session, int invoked, int completed) {
        boolean unknown() {
            return completed == Integer.MAX_VALUE;
        }

        Deed answered(Value with) {
            return new Deed(function, argument, with, session, invoked, completed);
        }

        Deed at(int who, int from, int to) {
            return new Deed(function, argument, result, who, from, to);
        }
    }

    private final String modelName;

    PlainObjects(String modelName) {
        this.modelName = modelName;
    }

    Model<?> model() {
        return Models.named(modelName).orElseThrow();
    }

    /** Every state that the object may be in after the deed; none if it cannot take it or answer it so. */
    abstract List<List<Value>> after(List<Value> state, Deed deed);

    /** A call without an answer. */
    abstract Deed drawn(Random random);

    /** A right answer. */
    abstract Value result(List<Value> state, Deed deed);

    /** Whether there is an order, by trying all. */
    boolean someOrder(List<Deed> deeds) {
        return someOrder(deeds, List.of());
    }

    private boolean someOrder(List<Deed> left, List<Value> state) {
        if (left.stream().allMatch(Deed::unknown)) {
            return true;
        }
        for (int i = 0; i < left.size(); i++) {
            Deed next = left.get(i);
            if (left.stream().anyMatch(other -> other.completed() < next.invoked())) {
                continue;
            }
            List<Deed> rest = new ArrayList<>(left);
            rest.remove(i);
            if (after(state, next).stream().anyMatch(then -> someOrder(rest, then))) {
                return true;
            }
        }
        return false;
    }

    private static Deed asked(String function, Value argument) {
        return new Deed(function, argument, Value.NIL, 0, 0, 0);
    }

    private static Value one(Random random) {
        return Value.of(1 + random.nextInt(3));
    }

    private static boolean is(Deed deed, Value result) {
        return deed.unknown() || deed.result().equals(result);
    }

    private static List<List<Value>> when(boolean possible, List<Value> state) {
        return possible ? List.of(state) : List.of();
    }

    private static List<Value> with(List<Value> state, Value value) {
        List<Value> more = new ArrayList<>(state);
        more.add(value);
        return more;
    }

    private static List<Value> without(List<Value> state, Value value) {
        List<Value> less = new ArrayList<>(state);
        less.remove(value);
        return less;
    }

    private static List<Value> sorted(List<Value> values) {
        return values.stream()
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .toList();
    }
}
