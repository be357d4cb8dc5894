package dev.umpire.checkers.sequential;

import dev.umpire.checkers.model.Call;
import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sequential consistency from its definition: every order of all operations is tried. */
final class SequentialOracle {
    private SequentialOracle() {}

    /** Of registers, without a model. */
    static boolean isSequential(SmallHistory history) {
        List<SmallOperation> operations = new ArrayList<>(history.operations());
        // what a cas of unknown outcome compares with is not part of a small history, so that it never takes effect
        operations.removeIf(operation -> operation.outcome() == Outcome.FAIL
                || (operation.outcome() == Outcome.INFO && operation.function().equals("cas")));
        return someOrder(operations, new int[Math.max(1, history.keyCount())]);
    }

    private static boolean someOrder(List<SmallOperation> left, int[] state) {
        if (left.stream().noneMatch(SmallOperation::isOk)) {
            return true;
        }
        for (int i = 0; i < left.size(); i++) {
            SmallOperation next = left.get(i);
            if (left.stream().anyMatch(other -> other.sessionBefore(next))) {
                continue;
            }
            int[] after = state.clone();
            if (!takes(next, after)) {
                continue;
            }
            List<SmallOperation> rest = new ArrayList<>(left);
            rest.remove(i);
            if (someOrder(rest, after)) {
                return true;
            }
        }
        return false;
    }

    private static boolean takes(SmallOperation operation, int[] state) {
        for (int key = 0; key < state.length; key++) {
            int read = operation.readOf(key);
            if (read >= 0 && read != state[key]) {
                return false;
            }
        }
        for (int key = 0; key < state.length; key++) {
            if (operation.writes(key)) {
                state[key] = operation.written();
            }
        }
        return true;
    }

    /** Of any object that a model describes; a model of one key has a state for each key. */
    static <S> boolean isSequential(History history, Model<S> model) {
        List<Integer> all = new ArrayList<>();
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.outcome(operation) != Outcome.FAIL) {
                all.add(operation);
            }
        }
        return someOrder(history, model, new Calls(history), all, Map.of());
    }

    private static <S> boolean someOrder(
            History history, Model<S> model, Calls calls, List<Integer> left, Map<Value, S> states) {
        if (left.stream().noneMatch(operation -> history.outcome(operation) == Outcome.OK)) {
            return true;
        }
        for (int next : left) {
            if (left.stream().anyMatch(other -> isSessionBefore(history, other, next))) {
                continue;
            }
            Call call = calls.of(next);
            Value place = model.scope() == Model.Scope.KEY ? call.key() : Value.NIL;
            S state = states.getOrDefault(place, model.initial(history.value(history.initialValue())));
            Optional<S> after = model.step(state, call);
            if (after.isEmpty()) {
                continue;
            }
            Map<Value, S> changed = new HashMap<>(states);
            changed.put(place, after.get());
            List<Integer> rest = new ArrayList<>(left);
            rest.remove((Integer) next);
            if (someOrder(history, model, calls, rest, changed)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSessionBefore(History history, int one, int other) {
        return history.outcome(one) == Outcome.OK
                && history.session(one) == history.session(other)
                && history.completed(one) < history.invoked(other);
    }
}
