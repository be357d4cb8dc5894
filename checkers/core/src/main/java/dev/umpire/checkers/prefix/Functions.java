package dev.umpire.checkers.prefix;

import dev.umpire.checkers.register.Siblings;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Which operations are those of registers that hold one value at a time; the others are not judged yet. A read that
 * shows siblings is none: no prefix of one order leaves several values.
 */
final class Functions {
    private static final List<String> REGISTER = List.of("read", "get", "write", "put", "cas", "snapshot");
    private final History history;
    private final boolean[] register;

    Functions(History history) {
        this.history = history;
        register = new boolean[history.functionCount()];
        for (int function = 0; function < register.length; function++) {
            register[function] = REGISTER.contains(history.functionName(function));
        }
    }

    /** Whether the operation reads one key or more, or writes one, or is a cas. */
    boolean isRegister(int operation) {
        int function = history.function(operation);
        int writes = history.writeCount(operation);
        return function != History.NONE
                && register[function]
                && !Siblings.areShown(history, operation)
                && (writes == 0
                        || (writes == 1
                                && (history.readCount(operation) == 0
                                        || history.functionName(function).equals("cas"))));
    }

    /** The other functions that may have taken effect, by name. */
    List<String> foreign() {
        List<String> names = new ArrayList<>();
        boolean[] named = new boolean[register.length];
        boolean siblings = false;
        for (int operation = 0; operation < history.size(); operation++) {
            int function = history.function(operation);
            if (history.outcome(operation) == Outcome.FAIL || isRegister(operation)) {
                continue;
            }
            if (function != History.NONE && Siblings.areShown(history, operation)) {
                siblings = true;
            } else if (function != History.NONE && !named[function]) {
                named[function] = true;
                names.add(history.functionName(function));
            }
        }
        if (siblings) {
            names.add("a read of several values at once");
        }
        return names;
    }

    /** Every key that the operation names, reads or writes; all keys when it is silent about them. */
    void keysOf(int operation, IntConsumer each) {
        int count = history.readCount(operation) + history.writeCount(operation);
        for (int i = 0; i < history.readCount(operation); i++) {
            each.accept(history.readKey(operation, i));
        }
        for (int i = 0; i < history.writeCount(operation); i++) {
            each.accept(history.writeKey(operation, i));
        }
        if (history.key(operation) != History.NONE) {
            each.accept(history.key(operation));
        } else if (count == 0) {
            for (int key = 0; key < history.keyCount(); key++) {
                each.accept(key);
            }
        }
    }
}
