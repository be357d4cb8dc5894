package dev.umpire.checkers.model;

import dev.umpire.checkers.register.Siblings;
import dev.umpire.checkers.words.Visible;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which object a history is about, where nobody says it: the functions tell.
 *
 * <table>
 *   <caption>From the functions to the model, the first row that fits</caption>
 *   <tr><td>get, put</td><td>kv</td></tr>
 *   <tr><td>append, txn with appends</td><td>list-append</td></tr>
 *   <tr><td>txn, snapshot</td><td>multi-register</td></tr>
 *   <tr><td>acquire that returns integers, release</td><td>fenced-lock</td></tr>
 *   <tr><td>acquire, release</td><td>mutex</td></tr>
 *   <tr><td>enqueue, dequeue</td><td>fifo-queue</td></tr>
 *   <tr><td>push, pop</td><td>stack</td></tr>
 *   <tr><td>generate</td><td>unique-id</td></tr>
 *   <tr><td>increment, decrement, add with reads of integers</td><td>counter</td></tr>
 *   <tr><td>remove, contains</td><td>set</td></tr>
 *   <tr><td>add</td><td>g-set</td></tr>
 *   <tr><td>cas</td><td>cas-register</td></tr>
 *   <tr><td>nothing but reads, some of an empty list</td><td>list-append</td></tr>
 *   <tr><td>anything else</td><td>register</td></tr>
 * </table>
 */
public final class ModelChoice {
    private ModelChoice() {}

    /** The model that the functions of a history ask for; {@code register} where they say nothing. */
    public static Model<?> of(History history, Calls calls) {
        Set<String> functions = functions(history, calls);
        if (functions.contains("get") || functions.contains("put")) {
            return Models.KEY_VALUE;
        }
        if (functions.contains("append") || (functions.contains("txn") && transactionsAppend(history, calls))) {
            return Models.LIST_APPEND;
        }
        if (functions.contains("txn") || functions.contains("snapshot")) {
            return Models.MULTI_REGISTER;
        }
        if (functions.contains("acquire") || functions.contains("release")) {
            return returnsIntegers(history, "acquire") ? Models.FENCED_LOCK : Models.MUTEX;
        }
        if (functions.contains("enqueue") || functions.contains("dequeue")) {
            return Models.FIFO_QUEUE;
        }
        if (functions.contains("push") || functions.contains("pop")) {
            return Models.STACK;
        }
        if (functions.contains("generate")) {
            return Models.UNIQUE_ID;
        }
        return ofOneValue(history, functions);
    }

    private static Model<?> ofOneValue(History history, Set<String> functions) {
        if (functions.contains("increment") || functions.contains("decrement")) {
            return Models.COUNTER;
        }
        if (functions.contains("remove") || functions.contains("contains")) {
            return Models.SET;
        }
        if (functions.contains("add")) {
            return returnsIntegers(history, "read") ? Models.COUNTER : Models.GROW_ONLY_SET;
        }
        if (functions.contains("cas")) {
            return Models.CAS_REGISTER;
        }
        // a list or a set that nobody ever changed is read as empty, where a register would be read as its initial
        // value
        Value initial = history.value(history.initialValue());
        boolean readAsEmpty = functions.equals(Set.of("read"))
                && returns(history, "read", value -> isEmptyList(value) && !value.equals(initial));
        return readAsEmpty ? Models.LIST_APPEND : Models.REGISTER;
    }

    /** Whether some operation of this function was answered with an integer that does not repeat its argument. */
    private static boolean returnsIntegers(History history, String name) {
        return returns(history, name, value -> value instanceof Value.Int);
    }

    /** Whether some operation of this function was answered with such a value that does not repeat its argument. */
    private static boolean returns(History history, String name, Predicate<Value> such) {
        int function = history.functionId(name);
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.function(operation) == function
                    && history.outcome(operation) == Outcome.OK
                    && history.result(operation) != history.argument(operation)
                    && such.test(history.value(history.result(operation)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEmptyList(Value value) {
        return value instanceof Value.Sequence list && list.elements().isEmpty();
    }

    /** Why a model cannot judge a history: it does not know a function, or refuses a value. Empty if it can. */
    public static Optional<String> refusal(History history, Calls calls, Model<?> model) {
        int unknown = firstUnknown(history, calls, model);
        if (unknown != History.NONE) {
            return Optional.of("the model " + model.name() + " does not know the function "
                    + Visible.text(calls.function(unknown)) + " (event " + history.index(unknown)
                    + "); the built-in models are " + String.join(", ", Models.names()));
        }
        if (Siblings.any(history)) {
            return Optional.of("a read returned several values at once (siblings), which no model does");
        }
        Optional<String> initial = model.refusal(history.value(history.initialValue()));
        if (initial.isPresent()) {
            return Optional.of("the model " + model.name() + " cannot judge it: " + Visible.text(initial.get()));
        }
        if (model instanceof RegisterModel) {
            return Optional.empty();
        }
        for (int operation = 0; operation < history.size(); operation++) {
            Optional<String> refused =
                    history.outcome(operation) == Outcome.FAIL ? Optional.empty() : model.refusal(calls.of(operation));
            if (refused.isPresent()) {
                return Optional.of("the model " + model.name() + " cannot judge event " + history.index(operation)
                        + ": " + Visible.text(refused.get()));
            }
        }
        return Optional.empty();
    }

    /** The first operation, not failed, whose function the model does not know; NONE if there is none. */
    private static int firstUnknown(History history, Calls calls, Model<?> model) {
        boolean[] known = new boolean[history.functionCount()];
        boolean transactions = model.knows("txn");
        for (int operation = 0; operation < history.size(); operation++) {
            int function = history.function(operation);
            if ((known[function] && (transactions || calls.isNamedAsIs(operation)))
                    || history.outcome(operation) == Outcome.FAIL) {
                continue;
            }
            if (!model.knows(calls.function(operation))) {
                return operation;
            }
            known[function] = calls.isNamedAsIs(operation) || known[function];
        }
        return History.NONE;
    }

    private static Set<String> functions(History history, Calls calls) {
        boolean[] seen = new boolean[history.functionCount()];
        Set<String> functions = new HashSet<>();
        for (int operation = 0; operation < history.size(); operation++) {
            int function = history.function(operation);
            if (!calls.isNamedAsIs(operation)) {
                functions.add("txn");
            } else if (!seen[function]) {
                seen[function] = true;
                functions.add(history.functionName(function));
            }
        }
        return functions;
    }

    private static boolean transactionsAppend(History history, Calls calls) {
        for (int operation = 0; operation < history.size(); operation++) {
            if (calls.function(operation).equals("txn")
                    && history.value(history.argument(operation)) instanceof Value.Sequence steps
                    && steps.elements().stream().anyMatch(ModelChoice::appends)) {
                return true;
            }
        }
        return false;
    }

    private static boolean appends(Value step) {
        return step instanceof Value.Sequence parts
                && !parts.elements().isEmpty()
                && (parts.elements().get(0).equals(Value.keyword("append"))
                        || parts.elements().get(0).equals(Value.of("append")));
    }
}
