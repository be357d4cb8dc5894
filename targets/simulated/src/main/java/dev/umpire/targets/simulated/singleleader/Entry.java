package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One entry of the log; its index is where it stands, from 1.
 *
 * @param epoch of the leader that wrote it
 * @param function what it does with its key, as {@link Request} names it; empty for a barrier, which does nothing and only
 *     begins an epoch; or a word of this store's own for a change of the members, or of a page
 * @param key what it changes
 * @param argument by what
 */
record Entry(long epoch, String function, Value key, Value argument) {
    private static final String BARRIER = "";
    private static final String MEMBERS = "members";
    private static final String PAGE = "page";

    static Entry barrier(long epoch) {
        return new Entry(epoch, BARRIER, Value.NIL, Value.NIL);
    }

    /** Who the members are from this entry on. */
    static Entry members(long epoch, Members members) {
        return new Entry(epoch, MEMBERS, Value.NIL, members.toValue());
    }

    /** What all rows of a page are. */
    static Entry page(long epoch, int number, Map<Value, Value> rows) {
        return new Entry(epoch, PAGE, Value.of(number), new Value.MapOf(rows));
    }

    /** The same with what becomes of its argument, if it changes a key. */
    Entry withArgument(UnaryOperator<Value> change) {
        return changesKey() ? new Entry(epoch, function, key, change.apply(argument)) : this;
    }

    /** Makes of all rows what they are after it. */
    void show(Map<Value, Value> rows) {
        if (function.equals(PAGE) && argument instanceof Value.MapOf page) {
            rows.putAll(page.entries());
        } else if (changesKey()) {
            rows.put(key, after(rows.getOrDefault(key, Value.NIL)));
        }
    }

    /** Whether it changes a key. */
    boolean changesKey() {
        return !function.equals(BARRIER) && !function.equals(MEMBERS);
    }

    /** For people: {@code write x 7}; of one that changes a key. */
    String inWords() {
        return function + " " + key + " " + argument;
    }

    /** Who the members are from this entry on, if it says so. */
    Optional<Members> members() {
        return function.equals(MEMBERS) ? Optional.of(Members.of(argument)) : Optional.empty();
    }

    /** What the key's value becomes; of one that says what is done with a key. */
    Value after(Value before) {
        return switch (function) {
            case Request.APPEND -> appended(before);
            case Request.ADD, Request.REMOVE -> changedSet(before);
            case Request.INCREMENT -> Value.of(number(before) + number(argument));
            case Request.TRANSFER -> transferred(before);
            default -> argument;
        };
    }

    private Value transferred(Value before) {
        Map<Value, Value> accounts =
                new LinkedHashMap<>(before instanceof Value.MapOf bank ? bank.entries() : Map.of());
        Map<Value, Value> asked = ((Value.MapOf) argument).entries();
        long amount = number(asked.getOrDefault(Value.of(Request.AMOUNT), Value.NIL));
        accounts.merge(asked.getOrDefault(Value.of(Request.FROM), Value.NIL), Value.of(-amount), Entry::sum);
        accounts.merge(asked.getOrDefault(Value.of(Request.TO), Value.NIL), Value.of(amount), Entry::sum);
        return new Value.MapOf(accounts);
    }

    private static Value sum(Value one, Value other) {
        return Value.of(number(one) + number(other));
    }

    private Value appended(Value before) {
        List<Value> elements = new ArrayList<>(before instanceof Value.Sequence list ? list.elements() : List.of());
        elements.add(argument);
        return Value.of(elements);
    }

    private Value changedSet(Value before) {
        Set<Value> elements = new LinkedHashSet<>(before instanceof Value.SetOf set ? set.elements() : Set.of());
        if (function.equals(Request.ADD)) {
            elements.add(argument);
        } else {
            elements.remove(argument);
        }
        return new Value.SetOf(elements);
    }

    /** The number that a value is; 0 for nil. */
    static long number(Value value) {
        return value instanceof Value.Int number ? number.value() : 0;
    }
}
