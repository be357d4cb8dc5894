package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.model.Call;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operations of a history as models see them. */
final class Calls {
    private final History history;
    private final int read;
    private final int write;
    private final int cas;
    private final int snapshot;

    Calls(History history) {
        this.history = history;
        this.read = history.functionId("read");
        this.write = history.functionId("write");
        this.cas = history.functionId("cas");
        this.snapshot = history.functionId("snapshot");
    }

    /** The function, {@code txn} also where a recording calls transactions {@code read} and {@code write}. */
    String function(int operation) {
        int function = history.function(operation);
        boolean namedPlain = function == read || function == write;
        return namedPlain && !isPlain(operation) ? "txn" : history.functionName(function);
    }

    boolean isRead(int operation) {
        return history.function(operation) == read && isPlain(operation);
    }

    boolean isWrite(int operation) {
        return history.function(operation) == write && isPlain(operation);
    }

    boolean isCas(int operation) {
        return history.function(operation) == cas;
    }

    Call of(int operation) {
        int function = history.function(operation);
        boolean answered = history.outcome(operation) == Outcome.OK;
        Value key = history.key(operation) == History.NONE ? Value.NIL : history.keyName(history.key(operation));
        Value argument = history.value(history.argument(operation));
        if (function == snapshot) {
            return new Call("snapshot", Value.NIL, Value.NIL, answered ? observed(operation) : Value.NIL, answered);
        }
        if (function == cas && answered) {
            argument = Value.of(List.of(
                    history.value(history.readValue(operation, 0)), history.value(history.writeValue(operation, 0))));
        }
        String name = function(operation);
        Value result = answered ? history.value(history.result(operation)) : Value.NIL;
        boolean resultKnown = answered && !(name.equals("txn") && result.isNil());
        return new Call(name, key, argument, result, resultKnown);
    }

    private Value observed(int operation) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < history.readCount(operation); i++) {
            entries.put(history.keyName(history.readKey(operation, i)), history.value(history.readValue(operation, i)));
        }
        return new Value.MapOf(entries);
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
