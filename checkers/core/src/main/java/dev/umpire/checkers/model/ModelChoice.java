package dev.umpire.checkers.model;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.HashSet;
import java.util.Set;

/** Which object a history is about, where nobody says it: the functions tell. */
public final class ModelChoice {
    private ModelChoice() {}

    /** The model that the functions of a history ask for; {@code register} where they say nothing. */
    public static Model<?> of(History history, Calls calls) {
        Set<String> functions = functions(history, calls);
        boolean joined = functions.contains("txn") || functions.contains("snapshot");
        if (functions.contains("get") || functions.contains("put")) {
            return Models.KEY_VALUE;
        }
        if (functions.contains("append") || (functions.contains("txn") && transactionsAppend(history, calls))) {
            return Models.LIST_APPEND;
        }
        if (joined) {
            return Models.MULTI_REGISTER;
        }
        if (functions.contains("acquire") || functions.contains("release")) {
            return Models.MUTEX;
        }
        return functions.contains("cas") ? Models.CAS_REGISTER : Models.REGISTER;
    }

    /** The first operation, not failed, whose function the model does not know; NONE if there is none. */
    public static int firstUnknown(History history, Calls calls, Model<?> model) {
        Set<String> known = new HashSet<>();
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.outcome(operation) != Outcome.FAIL) {
                String function = calls.function(operation);
                if (!known.contains(function)) {
                    if (!model.knows(function)) {
                        return operation;
                    }
                    known.add(function);
                }
            }
        }
        return History.NONE;
    }

    private static Set<String> functions(History history, Calls calls) {
        Set<String> functions = new HashSet<>();
        for (int operation = 0; operation < history.size(); operation++) {
            functions.add(calls.function(operation));
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
