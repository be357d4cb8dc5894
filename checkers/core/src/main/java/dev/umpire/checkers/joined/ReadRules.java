package dev.umpire.checkers.joined;

import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.register.Appends;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Set;

/** Which operations read and write registers or lists as their columns say, and which reads say nothing. */
public final class ReadRules {
    private static final Set<String> OF_REGISTERS = Set.of("read", "write", "cas", "snapshot", "txn");
    private static final Set<String> OF_LISTS = Set.of("read", "append", "snapshot", "txn");

    private final History history;
    private final Calls calls;
    private final Appends appends;
    private final Set<String> functions;
    private final boolean nilSaysNothing;

    /** Whether keys hold lists that grow by appends, instead of registers. */
    final boolean lists;

    public ReadRules(History history, Calls calls, Model<?> model, NilReads nilReads) {
        this.history = history;
        this.calls = calls;
        this.appends = Appends.of(history);
        this.lists = model == Models.LIST_APPEND;
        this.functions = lists ? OF_LISTS : OF_REGISTERS;
        this.nilSaysNothing = nilReads == NilReads.UNKNOWN;
    }

    /** Whether reads of this model can be joined to writes at all. */
    public static boolean fit(Model<?> model) {
        return model == Models.REGISTER
                || model == Models.CAS_REGISTER
                || model == Models.MULTI_REGISTER
                || model == Models.LIST_APPEND;
    }

    /** Whether the keys are what these rules know at first: a list that is empty, or any register. */
    boolean beginAsUnderstood() {
        Value initial = history.value(history.initialValue());
        return !lists || initial.isNil() || initial.equals(Value.of(List.of()));
    }

    /** Whether the operation reads and writes as its columns say. */
    boolean isUnderstood(int operation) {
        String function = calls.function(operation);
        return functions.contains(function) && (!function.equals("txn") || isTransactionOfOneKind(operation));
    }

    /** A transaction of reads and appends to lists, or of reads and writes of registers. */
    private boolean isTransactionOfOneKind(int operation) {
        List<Value> steps = steps(operation);
        int deeds = 0;
        for (Value step : steps) {
            deeds += step instanceof Value.Sequence parts && parts.elements().size() == 3 ? 1 : 0;
        }
        int appended = 0;
        for (boolean append : appends.of(operation)) {
            appended += append ? 1 : 0;
        }
        return deeds == steps.size() && appended == (lists ? history.writeCount(operation) : 0);
    }

    /** Whether the operation is a transaction that may have read what it had written itself. */
    boolean mayReadItself(int operation) {
        return history.outcome(operation) == Outcome.OK
                && history.writeCount(operation) > 0
                && history.result(operation) != History.NIL
                && calls.function(operation).equals("txn");
    }

    /** The micro-operations of a transaction: as it was answered, or else as it was asked. */
    List<Value> steps(int operation) {
        boolean answered = history.outcome(operation) == Outcome.OK && history.result(operation) != History.NIL;
        int value = answered ? history.result(operation) : history.argument(operation);
        return history.value(value) instanceof Value.Sequence steps ? steps.elements() : List.of();
    }

    /** A cas of unknown outcome: what it must have found is not in its columns. */
    boolean isUnknownCas(int operation) {
        return history.outcome(operation) == Outcome.INFO && calls.isCas(operation);
    }

    /** Whether a read returned nil, and nil means that the result is not known. What a cas compared with is known. */
    boolean saysNothing(int operation, int read) {
        return saysNothing(history.value(history.readValue(operation, read))) && !calls.isCas(operation);
    }

    /** The same of what a transaction read. */
    boolean saysNothing(Value read) {
        return nilSaysNothing && read.isNil();
    }
}
