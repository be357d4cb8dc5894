package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Linearizability of registers from its definition: every order of all operations is tried, keys and all. */
final class LinearizabilityOracle {
    private LinearizabilityOracle() {}

    static boolean isLinearizable(SmallHistory history) {
        List<SmallOperation> operations = new ArrayList<>(history.operations());
        operations.removeIf(operation -> operation.outcome() == Outcome.FAIL);
        return someOrder(operations, new int[Math.max(1, history.keyCount())]);
    }

    private static boolean someOrder(List<SmallOperation> left, int[] state) {
        if (left.stream().allMatch(operation -> operation.outcome() == Outcome.INFO)) {
            return true;
        }
        for (int i = 0; i < left.size(); i++) {
            SmallOperation next = left.get(i);
            if (left.stream().anyMatch(other -> other.realTimeBefore(next))) {
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

    /** Whether the operation answers rightly in this state, which it changes. */
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
}
