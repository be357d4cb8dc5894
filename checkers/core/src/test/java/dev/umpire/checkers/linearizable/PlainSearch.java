package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Wing and Gong's search on one register with Lowe's memory, and nothing else: every operation is told apart. */
final class PlainSearch {
    private final List<SmallOperation> operations;
    private final Set<List<Long>> seen = new HashSet<>();

    private PlainSearch(List<SmallOperation> operations) {
        this.operations = operations;
    }

    static boolean isLinearizable(List<SmallOperation> operations) {
        return new PlainSearch(operations).search(0, 0);
    }

    /** What was known at a position: later invocations are gone, later completions unknown. */
    static List<SmallOperation> prefix(List<SmallOperation> operations, int until) {
        List<SmallOperation> known = new ArrayList<>();
        for (SmallOperation operation : operations) {
            if (operation.completed() <= until) {
                known.add(operation);
            } else if (operation.invoked() < until && operation.writes(0) && operation.readOf(0) < 0) {
                known.add(SmallOperation.write(
                        operation.session(), 0, operation.written(), Outcome.INFO, operation.invoked(), History.NEVER));
            } else if (operation.invoked() < until && operation.writes(0)) {
                known.add(SmallOperation.cas(
                        operation.session(),
                        0,
                        operation.readOf(0),
                        operation.written(),
                        Outcome.OK,
                        operation.invoked(),
                        History.NEVER));
            }
        }
        return known;
    }

    private boolean search(long placed, int state) {
        if (!seen.add(List.of(placed, (long) state))) {
            return false;
        }
        int firstCompletion = History.NEVER;
        for (int i = 0; i < operations.size(); i++) {
            if ((placed >> i & 1) == 0) {
                firstCompletion = Math.min(firstCompletion, operations.get(i).completed());
            }
        }
        if (firstCompletion == History.NEVER) {
            return true;
        }
        for (int i = 0; i < operations.size(); i++) {
            SmallOperation next = operations.get(i);
            if ((placed >> i & 1) == 0
                    && next.invoked() < firstCompletion
                    && (next.readOf(0) < 0 || next.readOf(0) == state)
                    && search(placed | 1L << i, next.writes(0) ? next.written() : state)) {
                return true;
            }
        }
        return false;
    }
}
