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
    /** Of a counter no more different changes are tried; beyond, those are believed that are not too far apart. */
    private static final int MOST_CHANGES = 1 << 14;

    private final History history;

    LateEffects(History history) {
        this.history = history;
    }

    /**
     * The values that may have come so late, those too that a transaction overwrote itself. A value that was written more than
     * once, or is the initial one, tells of no write of unknown outcome that it has been seen.
     *
     * @param began the position at which the first final read began
     */
    Set<Value> values(Register register, int began) {
        List<List<Value>> written = written(register);
        Set<Value> once = new HashSet<>();
        Set<Value> again = new HashSet<>(Set.of(history.value(history.initialValue())));
        written.stream().flatMap(List::stream).filter(value -> !once.add(value)).forEach(again::add);
        Set<Value> taken = new HashSet<>();
        for (int a = 0; a < register.size(); a++) {
            if (register.read(a) != History.NONE
                    && register.outcome(a) == Outcome.OK
                    && register.completed(a) < began) {
                taken.addAll(shown(register, a));
            }
        }
        taken.removeAll(again);
        Set<Value> late = new HashSet<>();
        for (int w = 0; w < written.size(); w++) {
            List<Value> values = written.get(w);
            if (!register.isAcknowledged(w) && !taken.contains(values.get(0))) {
                values.stream().filter(value -> !taken.contains(value)).forEach(late::add);
            }
        }
        return late;
    }

    /** By write, what it left and then what it overwrote itself. */
    private List<List<Value>> written(Register register) {
        List<List<Value>> written = new ArrayList<>();
        for (int w = 0; w < register.writeCount(); w++) {
            written.add(new ArrayList<>(List.of(history.value(register.written(register.accessOfWrite(w))))));
        }
        register.earlyWrites((write, value) -> written.get(write).add(history.value(value)));
        return written;
    }

    private Collection<Value> shown(Register register, int access) {
        return register.showsSiblings() && history.readCount(register.operation(access)) == 1
                ? Siblings.shown(history, register.operation(access))
                : List.of(history.value(register.read(access)));
    }

    /**
     * The elements of a set or list that may come or go so late. Only of an element that was added once can be said that its add
     * has been seen.
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
                                isAddedOnceAndNotLateToGo(key.elements().getOrDefault(element, new Elements.Changes())))
                        .forEach(late::remove);
            }
        }
        return late;
    }

    /** Whether an element of the set or list may go so late. */
    boolean mayGo(Elements.Key key) {
        return key.elements().values().stream().anyMatch(changes -> isAnyUnknown(changes.removals()));
    }

    private boolean isAnyUnknown(List<Integer> changes) {
        return changes.stream().anyMatch(change -> history.outcome(change) != Outcome.OK);
    }

    private boolean isAddedOnceAndNotLateToGo(Elements.Changes changes) {
        return changes.adds().size() == 1 && !isAnyUnknown(changes.removals());
    }

    /** Whether changes that come so late can make the difference between these answers of a counter. */
    boolean explainSums(Elements.Key key, List<Value> answers) {
        List<BigInteger> amounts = new ArrayList<>();
        for (Map.Entry<Value, Elements.Changes> one : key.elements().entrySet()) {
            for (int change : one.getValue().adds()) {
                Optional<BigInteger> amount = integer(one.getKey(), BigInteger.ONE);
                if (history.outcome(change) != Outcome.OK && amount.isEmpty()) {
                    return true;
                }
                if (history.outcome(change) != Outcome.OK) {
                    boolean down =
                            history.functionName(history.function(change)).equals("decrement");
                    amounts.add(down ? amount.get().negate() : amount.get());
                }
            }
        }
        BigInteger initial =
                integer(history.value(history.initialValue()), BigInteger.ZERO).orElse(BigInteger.ZERO);
        List<BigInteger> sums = answers.stream()
                .flatMap(answer -> integer(answer, initial).stream())
                .distinct()
                .sorted()
                .toList();
        return !amounts.isEmpty() && areSubsetSums(sums, amounts);
    }

    private static Optional<BigInteger> integer(Value value, BigInteger ofNil) {
        return value.isNil() ? Optional.of(ofNil) : value.integer();
    }

    /** Whether there is a number from which subsets of the amounts lead to each of the sums, which ascend. */
    private static boolean areSubsetSums(List<BigInteger> sums, List<BigInteger> amounts) {
        BigInteger lowest = sums.get(0);
        BigInteger most = amounts.stream().map(BigInteger::abs).reduce(BigInteger.ZERO, BigInteger::add);
        if (sums.get(sums.size() - 1).subtract(lowest).compareTo(most) > 0) {
            return false;
        }
        Set<BigInteger> changes = new HashSet<>(Set.of(BigInteger.ZERO));
        for (BigInteger amount : amounts) {
            List.copyOf(changes).forEach(change -> changes.add(change.add(amount)));
            if (changes.size() > MOST_CHANGES) {
                return true;
            }
        }
        return changes.stream()
                .map(lowest::subtract)
                .anyMatch(start -> sums.stream().map(sum -> sum.subtract(start)).allMatch(changes::contains));
    }
}
