package dev.umpire.checkers.model;

import dev.umpire.checkers.model.Model.Effect;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operations of a history as models see them. Thread-safe. */
public final class Calls {
    private final History history;
    private final NilReads nilReads;
    private final int read;
    private final int write;
    private final int cas;
    private final int snapshot;

    /** With nil read as the absent value. */
    public Calls(History history) {
        this(history, NilReads.ABSENT);
    }

    /**
     * The operations of a history.
     *
     * @param nilReads what an OK read of nil says: that there was nothing, or, as in Knossos, nothing at all
     */
    public Calls(History history, NilReads nilReads) {
        this.history = history;
        this.nilReads = nilReads;
        this.read = history.functionId("read");
        this.write = history.functionId("write");
        this.cas = history.functionId("cas");
        this.snapshot = history.functionId("snapshot");
    }

    /**
     * Whether a search has to deal with the operation: not with a failed one, nor with one of which no result is known and
     * which could only have observed.
     */
    public boolean matters(int operation, Model<?> model) {
        return switch (history.outcome(operation)) {
            case FAIL -> false;
            case INFO -> !isRead(operation) && model.effect(of(operation)) != Effect.OBSERVES;
            case OK -> nilReads == NilReads.ABSENT || !saysNothing(operation, model);
        };
    }

    private boolean saysNothing(int operation, Model<?> model) {
        if (isRead(operation)) {
            return history.result(operation) == History.NIL;
        }
        Call call = of(operation);
        return !call.answered() && model.effect(call) == Effect.OBSERVES;
    }

    /** Whether {@link #function} is what the recording calls it. */
    boolean isNamedAsIs(int operation) {
        int function = history.function(operation);
        return (function != read && function != write) || isPlain(operation);
    }

    /** The function, {@code txn} also where a recording calls transactions {@code read} and {@code write}. */
    public String function(int operation) {
        return isNamedAsIs(operation) ? history.functionName(history.function(operation)) : "txn";
    }

    /** Whether it is a read of one key, whose result is what it read. */
    public boolean isRead(int operation) {
        return history.function(operation) == read && isPlain(operation);
    }

    /** Whether it is a write of one key, whose argument is what it wrote. */
    public boolean isWrite(int operation) {
        return history.function(operation) == write && isPlain(operation);
    }

    /** Whether it is a compare-and-set. */
    public boolean isCas(int operation) {
        return history.function(operation) == cas;
    }

    /**
     * What it asked and was answered. Of a snapshot the result is a map from key to value; a cas that was OK has what it
     * compared with and what it wrote as its argument. Where a nil read says nothing, a read of nil is not answered, and what
     * a snapshot or a transaction read as nil is left out.
     */
    public Call of(int operation) {
        int function = history.function(operation);
        boolean answered = history.outcome(operation) == Outcome.OK;
        Value key = history.key(operation) == History.NONE ? Value.NIL : history.keyName(history.key(operation));
        Value argument = history.value(history.argument(operation));
        if (function == snapshot) {
            Value.MapOf observed = new Value.MapOf(answered ? observed(operation) : Map.of());
            boolean known = answered
                    && (nilReads == NilReads.ABSENT || !observed.entries().isEmpty());
            return new Call("snapshot", Value.NIL, Value.NIL, known ? observed : Value.NIL, known);
        }
        if (function == cas && answered) {
            argument = Value.of(List.of(
                    history.value(history.readValue(operation, 0)), history.value(history.writeValue(operation, 0))));
        }
        String name = function(operation);
        Value result = answered ? history.value(history.result(operation)) : Value.NIL;
        if (name.equals("txn")) {
            Value told = nilReads == NilReads.UNKNOWN ? withoutNilReads(result) : result;
            boolean known = !result.isNil() && (nilReads == NilReads.ABSENT || !told.equals(Value.of(List.of())));
            return new Call(name, key, argument, known ? told : Value.NIL, known);
        }
        boolean saysNothing = nilReads == NilReads.UNKNOWN
                && result.isNil()
                && history.writeCount(operation) == 0
                && (name.equals("read") || name.equals("get"));
        return new Call(name, key, argument, result, answered && !saysNothing);
    }

    /**
     * The same as the model wants it: with the session where the model asks for it, without what makes no difference. Calls
     * that are equal are interchangeable. The model has to know and not to refuse them.
     */
    public Call of(int operation, Model<?> model) {
        Call call = of(operation);
        return model.canonical(model.asksForCaller() ? call.by(history.sessionName(history.session(operation))) : call);
    }

    private Map<Value, Value> observed(int operation) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < history.readCount(operation); i++) {
            Value value = history.value(history.readValue(operation, i));
            if (nilReads == NilReads.ABSENT || !value.isNil()) {
                entries.put(history.keyName(history.readKey(operation, i)), value);
            }
        }
        return entries;
    }

    private static Value withoutNilReads(Value transaction) {
        if (!(transaction instanceof Value.Sequence steps)) {
            return transaction;
        }
        List<Value> kept = new ArrayList<>();
        for (Value step : steps.elements()) {
            if (!isNilRead(step)) {
                kept.add(step);
            }
        }
        return Value.of(kept);
    }

    private static boolean isNilRead(Value step) {
        return step instanceof Value.Sequence parts
                && parts.elements().size() == 3
                && parts.elements().get(2).isNil()
                && MicroOperations.isRead(parts.elements().get(0));
    }

    /** Whether what was read and written is the operation's own result and argument: false of a transaction. */
    private boolean isPlain(int operation) {
        if (history.function(operation) == write) {
            return history.readCount(operation) == 0
                    && history.writeCount(operation) == 1
                    && history.writeValue(operation, 0) == history.argument(operation);
        }
        if (history.writeCount(operation) > 0) {
            return false;
        }
        if (history.outcome(operation) == Outcome.OK) {
            return history.readCount(operation) == 1 && history.readValue(operation, 0) == history.result(operation);
        }
        return true;
    }
}
