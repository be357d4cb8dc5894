package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads that returned several values at once, as stores do that keep what concurrent writes left. */
public final class Siblings {
    private Siblings() {}

    /** Whether an operation is an OK read that returned more than one value. */
    public static boolean areShown(History history, int operation) {
        return history.siblings(operation) != History.NONE
                && shown(history, operation).size() > 1;
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

    /** All values that a read of one key returned, the one that its client took first; without nil. */
    public static Set<Value> shown(History history, int operation) {
        Set<Value> shown = new LinkedHashSet<>();
        if (history.outcome(operation) == Outcome.OK && history.readCount(operation) == 1) {
            shown.add(history.value(history.readValue(operation, 0)));
            if (history.siblings(operation) != History.NONE
                    && history.value(history.siblings(operation)) instanceof Value.Sequence several) {
                shown.addAll(several.elements());
            }
        }
        shown.remove(Value.NIL);
        return shown;
    }
}
