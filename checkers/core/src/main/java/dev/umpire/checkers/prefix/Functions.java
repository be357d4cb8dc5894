package dev.umpire.checkers.prefix;

import dev.umpire.checkers.register.Siblings;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Which operations are those of registers that hold one value at a time, of lists, and transactions of both; the others are
 * not judged yet. A read that shows siblings is none: no prefix of one order leaves several values.
 */
final class Functions {
    private static final List<String> UNDERSTOOD =
            List.of("read", "get", "write", "put", "cas", "snapshot", "append", "txn");
    private final History history;
    private final boolean[] understood;
    private final int cas;

    Functions(History history) {
        this.history = history;
        cas = history.functionId("cas");
        understood = new boolean[history.functionCount()];
        for (int function = 0; function < understood.length; function++) {
            understood[function] = UNDERSTOOD.contains(history.functionName(function));
        }
    }

    /** Whether it is known what the operation does to the keys that it names. */
    boolean isUnderstood(int operation) {
        return understood[history.function(operation)] && !Siblings.areShown(history, operation);
    }

    /** Whether the operation reads keys, or writes one, or is a cas. */
    boolean isPlain(int operation) {
        int writes = history.writeCount(operation);
        return writes == 0 || (writes == 1 && (history.readCount(operation) == 0 || isCas(operation)));
    }

    /** Whether the operation replaces what it reads in the same step. */
    boolean isCas(int operation) {
        return history.function(operation) == cas;
    }

    /** The other functions that may have taken effect, by name. */
    List<String> foreign() {
        List<String> names = new ArrayList<>();
        boolean[] named = new boolean[understood.length];
        boolean siblings = false;
        for (int operation = 0; operation < history.size(); operation++) {
            int function = history.function(operation);
            if (history.outcome(operation) == Outcome.FAIL || isUnderstood(operation)) {
                continue;
            }
            if (Siblings.areShown(history, operation)) {
                siblings = true;
            } else if (!named[function]) {
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
