package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.List;

/** Which writes of a history append to a list, and which replace a value. Thread-safe. */
public final class Appends {
    private static final boolean[] NONE = {};
    private static final boolean[] ONE = {true};

    private final History history;
    private final int append;
    private final int cas;

    private Appends(History history) {
        this.history = history;
        append = history.functionId("append");
        cas = history.functionId("cas");
    }

    public static Appends of(History history) {
        return new Appends(history);
    }

    /** By write of the operation, whether it appends; empty: none does. O(micro-operations) for a transaction. */
    public boolean[] of(int operation) {
        int function = history.function(operation);
        int writes = history.writeCount(operation);
        if (writes == 0 || function == cas) {
            return NONE;
        }
        if (function == append) {
            return ONE;
        }
        if (writes == 1 && history.argument(operation) == history.writeValue(operation, 0)) {
            return NONE;
        }
        boolean answered = history.result(operation) != History.NIL;
        List<Value> steps = steps(answered ? history.result(operation) : history.argument(operation));
        boolean[] appends = new boolean[writes];
        boolean any = false;
        int write = 0;
        for (Value step : steps) {
            if (!(step instanceof Value.Sequence parts) || parts.elements().isEmpty()) {
                continue;
            }
            String name = name(parts.elements().get(0));
            if (name.equals("append")) {
                any = true;
                appends[write++] = true;
            } else if (name.equals("w") || name.equals("write")) {
                write++;
            }
            if (write == writes) {
                break;
            }
        }
        return any ? appends : NONE;
    }

    private List<Value> steps(int value) {
        return history.value(value) instanceof Value.Sequence steps ? steps.elements() : List.of();
    }

    /** The word that a micro-operation begins with; empty for what is none. */
    static String name(Value first) {
        return first instanceof Value.Keyword keyword
                ? keyword.name()
                : first instanceof Value.Text text ? text.value() : "";
    }

    /** Whether the operation appends to the key; for telling. */
    public boolean isAppend(int operation, int key) {
        boolean[] appends = of(operation);
        for (int i = 0; i < appends.length; i++) {
            if (appends[i] && history.writeKey(operation, i) == key) {
                return true;
            }
        }
        return false;
    }
}
