package dev.umpire.checkers.joined;

import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Set;

/** Which operations are plain reads and writes of registers or lists, and which reads say nothing. */
public final class ReadRules {
    private static final Set<String> OF_REGISTERS = Set.of("read", "write", "cas", "snapshot");
    private static final Set<String> OF_LISTS = Set.of("read", "append", "snapshot");

    private final History history;
    private final Calls calls;
    private final Set<String> functions;
    private final boolean nilSaysNothing;

    public ReadRules(History history, Calls calls, Model<?> model, NilReads nilReads) {
        this.history = history;
        this.calls = calls;
        this.functions = model == Models.LIST_APPEND ? OF_LISTS : OF_REGISTERS;
        this.nilSaysNothing = nilReads == NilReads.UNKNOWN;
    }

    /** Whether reads of this model can be joined to writes at all. */
    public static boolean fit(Model<?> model) {
        return model == Models.REGISTER
                || model == Models.CAS_REGISTER
                || model == Models.MULTI_REGISTER
                || model == Models.LIST_APPEND;
    }

    /** Whether the operation reads and writes as its columns say. */
    boolean isUnderstood(int operation) {
        return functions.contains(calls.function(operation));
    }

    /** A cas of unknown outcome: what it must have found is not in its columns. */
    boolean isUnknownCas(int operation) {
        return history.outcome(operation) == Outcome.INFO && calls.isCas(operation);
    }

    /** Whether a read returned nil, and nil means that the result is not known. What a cas compared with is known. */
    boolean saysNothing(int operation, int read) {
        return nilSaysNothing && history.readValue(operation, read) == History.NIL && !calls.isCas(operation);
    }
}
