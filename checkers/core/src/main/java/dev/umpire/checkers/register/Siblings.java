package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads that returned several values at once, as stores do that keep what concurrent writes left. */
public final class Siblings {
    private Siblings() {}

    /** Whether an operation is an OK read that returned more than one value; one that says what else was there: nil. */
    public static boolean areShown(History history, int operation) {
        return history.siblings(operation) != History.NONE
                && all(history, operation).size() > 1;
    }

    /** Whether these are several values, of which a client took the first. */
    public static boolean areSeveral(Value taken, Value siblings) {
        return all(taken, siblings).size() > 1;
    }

    /** Whether any operation is such a read. */
    public static boolean any(History history) {
        for (int o = 0; o < history.size(); o++) {
            if (areShown(history, o)) {
                return true;
            }
        }
        return false;
    }

    /** All values that a read of one key returned, the one that its client took first; without the initial value. */
    public static Set<Value> shown(History history, int operation) {
        Set<Value> shown = all(history, operation);
        shown.remove(history.value(history.initialValue()));
        return shown;
    }

    private static Set<Value> all(History history, int operation) {
        if (history.outcome(operation) != Outcome.OK || history.readCount(operation) != 1) {
            return new LinkedHashSet<>();
        }
        Value taken = history.value(history.readValue(operation, 0));
        return history.siblings(operation) == History.NONE
                ? new LinkedHashSet<>(Set.of(taken))
                : all(taken, history.value(history.siblings(operation)));
    }

    private static Set<Value> all(Value taken, Value siblings) {
        Set<Value> all = new LinkedHashSet<>();
        all.add(taken);
        if (siblings instanceof Value.Sequence several) {
            all.addAll(several.elements());
        } else if (siblings instanceof Value.SetOf several) {
            all.addAll(several.elements());
        } else {
            all.add(siblings);
        }
        return all;
    }
}
