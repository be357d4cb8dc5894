package dev.umpire.checkers.convergence;

import dev.umpire.checkers.collection.Elements;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Siblings;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What operations of unknown outcome may still do while the final reads of a key go on: a request whose client gave up may have
 * waited in a paused node, and take effect between one final read and the next. What a read returned before the first of
 * them had taken effect by then.
 */
final class LateEffects {
    private final History history;

    LateEffects(History history) {
        this.history = history;
    }

    /**
     * The values that may have come so late. A value that was written more than once, or is the initial one, tells of no write
     * of unknown outcome that it has been seen.
     *
     * @param began the position at which the first final read began
     */
    Set<Value> values(Register register, int began) {
        Set<Value> late = new HashSet<>();
        List<Value> all = new ArrayList<>();
        for (int w = 0; w < register.writeCount(); w++) {
            Value value = history.value(register.written(register.accessOfWrite(w)));
            all.add(value);
            if (!register.isAcknowledged(w)) {
                late.add(value);
            }
        }
        Set<Value> once = new HashSet<>(all);
        once.remove(history.value(history.initialValue()));
        Set<Value> met = new HashSet<>();
        all.stream().filter(value -> !met.add(value)).forEach(once::remove);
        for (int a = 0; a < register.size(); a++) {
            if (register.read(a) != History.NONE
                    && register.outcome(a) == Outcome.OK
                    && register.completed(a) < began) {
                shown(register, a).stream().filter(once::contains).forEach(late::remove);
            }
        }
        return late;
    }

    private Collection<Value> shown(Register register, int access) {
        return register.showsSiblings()
                ? Siblings.shown(history, register.operation(access))
                : List.of(history.value(register.read(access)));
    }

    /**
     * The elements of a set or list that may come or go so late. Only of an element that was added once and never removed it
     * can be said that its add has been seen.
     *
     * @param began the position at which the first final read began
     */
    Set<Value> elements(Elements elements, Elements.Key key, int began) {
        Set<Value> late = new HashSet<>();
        key.elements().forEach((element, changes) -> {
            if (isAnyUnknown(changes.adds()) || isAnyUnknown(changes.removals())) {
                late.add(element);
            }
        });
        for (int read : key.reads()) {
            if (!late.isEmpty() && history.completed(read) < began) {
                elements.contents(read, key.number()).stream()
                        .filter(late::contains)
                        .filter(element ->
                                isAddedOnceAndKept(key.elements().getOrDefault(element, new Elements.Changes())))
                        .forEach(late::remove);
            }
        }
        return late;
    }

    private boolean isAnyUnknown(List<Integer> changes) {
        return changes.stream().anyMatch(change -> history.outcome(change) != Outcome.OK);
    }

    private static boolean isAddedOnceAndKept(Elements.Changes changes) {
        return changes.adds().size() == 1 && changes.removals().isEmpty();
    }

    /** By how much a counter may change so late; empty: nobody can say. */
    Optional<BigInteger> amount(Elements.Key key) {
        BigInteger amount = BigInteger.ZERO;
        for (Map.Entry<Value, Elements.Changes> one : key.elements().entrySet()) {
            long unknown = one.getValue().adds().stream()
                    .filter(change -> history.outcome(change) != Outcome.OK)
                    .count();
            Optional<BigInteger> each = one.getKey().integer();
            if (unknown > 0 && each.isEmpty()) {
                return Optional.empty();
            }
            amount = amount.add(each.orElse(BigInteger.ZERO).abs().multiply(BigInteger.valueOf(unknown)));
        }
        return Optional.of(amount);
    }
}
