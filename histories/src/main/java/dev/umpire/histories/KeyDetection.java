package dev.umpire.histories;

import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.EventFields;
import dev.umpire.histories.internal.Quotes;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;

/**
 * Finds out whether a history is one of independent keys, in Jepsen's sense: no field {@code key}, and the value of
 * every invocation is a pair whose first element is a scalar, unless all functions are {@code cas}, {@code txn} or
 * {@code snapshot}, whose values may be such pairs by themselves.
 */
final class KeyDetection {
    private final ReadOptions.Keys how;
    private final ValueTable values;
    private boolean allPairs = true;
    private boolean keysNamed;
    private boolean otherFunctions;

    KeyDetection(ReadOptions.Keys how, ValueTable values) {
        this.how = how;
        this.values = values;
    }

    void invocation(EventFields event, boolean compound, HistoryBuilder builder) throws MalformedHistoryException {
        keysNamed |= event.key != EventFields.NONE;
        otherFunctions |= !compound;
        if (!allPairs || keysNamed || how == ReadOptions.Keys.SINGLE) {
            return;
        }
        allPairs = event.value != EventFields.NONE && isPair(event.value);
        if (!allPairs && how == ReadOptions.Keys.INDEPENDENT) {
            String found = event.value == EventFields.NONE ? "no value" : Quotes.of(values.get(event.value));
            throw builder.refused(event, "found " + found + ", expected a pair [key value] of independent keys");
        }
    }

    void keyNamed() {
        keysNamed = true;
    }

    boolean areIndependent() {
        if (keysNamed || how == ReadOptions.Keys.SINGLE) {
            return false;
        }
        return allPairs && (otherFunctions || how == ReadOptions.Keys.INDEPENDENT);
    }

    private boolean isPair(int value) {
        return !values.isInt(value) && isPair(values.get(value));
    }

    static boolean isPair(Value value) {
        return value instanceof Value.Sequence sequence
                && sequence.elements().size() == 2
                && isScalar(sequence.elements().get(0));
    }

    private static boolean isScalar(Value value) {
        return !(value instanceof Value.Nil
                || value instanceof Value.Sequence
                || value instanceof Value.SetOf
                || value instanceof Value.MapOf
                || value instanceof Value.Tagged);
    }
}
