package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.Collection;
import java.util.Optional;

/**
 * A set: {@code add} puts an element in, {@code remove} takes one out, {@code contains} returns whether an element is in,
 * {@code read} returns all.
 *
 * <p>The grow-only set ({@code g-set}) knows {@code add} and {@code read}. An {@code add} or {@code remove} that returned
 * true changed something, one that returned false did not; any other result says nothing, as most recordings repeat the
 * argument. A read returns a vector, a list or a set, in any order; nil is the empty one. A list with an element twice is no
 * state of a set, whoever added the element how often: no read can have returned it.
 */
final class SetModel implements Model<Bag> {
    private final String name;
    private final boolean growsOnly;

    SetModel(String name, boolean growsOnly) {
        this.name = name;
        this.growsOnly = growsOnly;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean knows(String function) {
        return switch (function) {
            case "add", "read" -> true;
            case "remove", "contains" -> !growsOnly;
            default -> false;
        };
    }

    @Override
    public Bag initial(Value declared) {
        Bag bag = Bag.EMPTY;
        for (Value element : Elements.of(Elements.asSet(declared)).orElseThrow()) {
            bag = bag.plus(element);
        }
        return bag;
    }

    @Override
    public Optional<String> refusal(Value declared) {
        if (Elements.of(declared).isEmpty()) {
            return Optional.of("found " + declared + " as the initial value, expected a vector, a list or a set");
        }
        return Elements.areDifferent(declared)
                ? Optional.empty()
                : Optional.of("found " + declared + " as the initial value, expected each element once");
    }

    @Override
    public Optional<String> refusal(Call call) {
        if (!call.answered()) {
            return Optional.empty();
        }
        if (call.function().equals("read") && Elements.of(call.result()).isEmpty()) {
            return Elements.expected(call, "result", call.result(), "a vector, a list or a set");
        }
        return call.function().equals("contains") && !(call.result() instanceof Value.Bool)
                ? Elements.expected(call, "result", call.result(), "true or false")
                : Optional.empty();
    }

    @Override
    public Optional<Bag> step(Bag state, Call call) {
        Value element = call.argument();
        return switch (call.function()) {
            case "add" -> {
                boolean there = state.contains(element);
                yield isContradicted(call, !there)
                        ? Optional.empty()
                        : Optional.of(there ? state : state.plus(element));
            }
            case "remove" -> {
                boolean there = state.contains(element);
                yield isContradicted(call, there)
                        ? Optional.empty()
                        : Optional.of(there ? state.minus(element) : state);
            }
            case "contains" ->
                !call.answered() || Elements.isTrue(call.result()) == state.contains(element)
                        ? Optional.of(state)
                        : Optional.empty();
            case "read" -> !call.answered() || isAll(state, call.result()) ? Optional.of(state) : Optional.empty();
            default -> Optional.empty();
        };
    }

    @Override
    public Effect effect(Call call) {
        return switch (call.function()) {
            case "read", "contains" -> Effect.OBSERVES;
            default -> saysWhetherItChanged(call) ? Effect.ANY : Effect.ALWAYS_POSSIBLE;
        };
    }

    @Override
    public Call canonical(Call call) {
        Value result = call.answered() ? call.result() : Value.NIL;
        return switch (call.function()) {
            case "read" -> new Call("read", Value.NIL, Value.NIL, Elements.asSetIfDifferent(result), call.answered());
            case "contains" -> new Call("contains", Value.NIL, call.argument(), result, call.answered());
            default ->
                new Call(
                        call.function(),
                        Value.NIL,
                        call.argument(),
                        saysWhetherItChanged(call) ? result : Value.NIL,
                        saysWhetherItChanged(call));
        };
    }

    @Override
    public boolean foreseesObservations() {
        return growsOnly;
    }

    /** Of a set that only grows, what is there has to be in every later read. */
    @Override
    public boolean leadsTo(Bag state, Call observation) {
        if (!growsOnly || !observation.answered()) {
            return true;
        }
        Collection<Value> read = Elements.of(observation.result()).orElseThrow();
        return state.size() <= read.size()
                && Elements.areDifferent(observation.result())
                && state.allMatch(read::contains);
    }

    @Override
    public long sizeBytes(Bag state) {
        return 512;
    }

    private static boolean isAll(Bag state, Value read) {
        Collection<Value> elements = Elements.of(read).orElseThrow();
        return elements.size() == state.size()
                && Elements.areDifferent(read)
                && elements.stream().allMatch(state::contains);
    }

    private static boolean isContradicted(Call call, boolean changed) {
        return saysWhetherItChanged(call) && Elements.isTrue(call.result()) != changed;
    }

    /** Of an element that is true or false itself, the result may be its echo. */
    private static boolean saysWhetherItChanged(Call call) {
        return call.answered() && call.result() instanceof Value.Bool && !(call.argument() instanceof Value.Bool);
    }
}
