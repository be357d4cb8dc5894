package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;

/** Which operations do nothing but read or write the one key that they name. */
public final class PlainFunctions {
    private final History history;
    private final boolean[] reads;
    private final boolean[] writes;

    /** Of the operations of a history. */
    public PlainFunctions(History history) {
        this.history = history;
        reads = named(history, "read", "get");
        writes = named(history, "write", "put");
    }

    /** By function, whether it has one of the names. */
    static boolean[] named(History history, String... names) {
        boolean[] named = new boolean[history.functionCount()];
        for (String name : names) {
            if (history.functionId(name) != History.NONE) {
                named[history.functionId(name)] = true;
            }
        }
        return named;
    }

    /** Whether it is a read whose result, if it is OK, is what the key held. */
    public boolean isRead(int operation) {
        if (!isOneOf(reads, operation) || history.writeCount(operation) > 0) {
            return false;
        }
        return history.outcome(operation) != Outcome.OK
                || (history.readCount(operation) == 1
                        && history.readKey(operation, 0) == history.key(operation)
                        && history.readValue(operation, 0) == history.result(operation));
    }

    /** Whether it is a write whose argument is what it wrote or tried to write. */
    public boolean isWrite(int operation) {
        return isOneOf(writes, operation)
                && history.readCount(operation) == 0
                && history.writeCount(operation) == 1
                && history.writeKey(operation, 0) == history.key(operation)
                && history.writeValue(operation, 0) == history.argument(operation);
    }

    private boolean isOneOf(boolean[] functions, int operation) {
        int function = history.function(operation);
        return functions[function] && history.key(operation) != History.NONE;
    }
}
