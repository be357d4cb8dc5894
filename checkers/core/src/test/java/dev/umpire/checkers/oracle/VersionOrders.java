package dev.umpire.checkers.oracle;

import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All version orders of one key that the write order assumption, or what the store reported, allows. */
final class VersionOrders {
    private final SmallHistory history;
    private final int key;
    private final List<SmallOperation> effective = new ArrayList<>();

    VersionOrders(SmallHistory history, int key) {
        this.history = history;
        this.key = key;
        for (SmallOperation operation : history.operations()) {
            if (operation.writes(key)
                    && (operation.isOk() || (operation.outcome == Outcome.INFO && isSeen(operation.written())))) {
                effective.add(operation);
            }
        }
    }

    private boolean isSeen(int value) {
        return history.operations().stream().anyMatch(reader -> goodRead(reader) && reader.readOf(key) == value);
    }

    /** Whether it read the key, and what it read is the initial value or was being written before the read ended. */
    boolean goodRead(SmallOperation reader) {
        int value = reader.readOf(key);
        if (!reader.isOk() || value < 0) {
            return false;
        }
        return value == 0
                || history.operations().stream()
                        .anyMatch(writer -> writer.writes(key)
                                && writer.invoked != reader.invoked
                                && writer.written() == value
                                && writer.outcome != Outcome.FAIL
                                && writer.invoked < reader.completed);
    }

    /** Whether the store told the place of every acknowledged write. */
    boolean reported() {
        List<SmallOperation> acknowledged =
                effective.stream().filter(SmallOperation::isOk).toList();
        boolean byVersion = acknowledged.stream().allMatch(w -> w.version != History.ABSENT)
                && effective.stream().anyMatch(w -> w.version != History.ABSENT);
        boolean byPosition = acknowledged.stream().allMatch(w -> w.position != History.ABSENT)
                && effective.stream().anyMatch(w -> w.position != History.ABSENT);
        return byVersion || byPosition;
    }

    /** Whether a version order exists that satisfies the condition; an order is told as values, the initial 0 first. */
    boolean exists(WriteOrder assumption, boolean trustReports, Predicate<List<Integer>> condition) {
        boolean byReport = trustReports && reported();
        return Permutations.anyOrder(effective, order -> {
            for (int i = 0; i < order.size(); i++) {
                for (int j = i + 1; j < order.size(); j++) {
                    SmallOperation earlier = order.get(i);
                    SmallOperation later = order.get(j);
                    boolean against = byReport ? reportedBefore(later, earlier) : assumed(later, earlier, assumption);
                    if (against) {
                        return false;
                    }
                }
            }
            List<Integer> values = new ArrayList<>();
            values.add(0);
            order.forEach(write -> values.add(write.written()));
            return order.stream().allMatch(write -> casAdjacent(write, values)) && condition.test(values);
        });
    }

    private boolean casAdjacent(SmallOperation write, List<Integer> values) {
        if (!goodRead(write)) {
            return true;
        }
        return values.indexOf(write.readOf(key)) + 1 == values.indexOf(write.written());
    }

    private static boolean assumed(SmallOperation a, SmallOperation b, WriteOrder assumption) {
        if (assumption == WriteOrder.REAL_TIME) {
            return a.realTimeBefore(b);
        }
        return assumption == WriteOrder.SESSION && a.sessionBefore(b);
    }

    private boolean reportedBefore(SmallOperation a, SmallOperation b) {
        boolean versions = effective.stream().filter(SmallOperation::isOk).allMatch(w -> w.version != History.ABSENT);
        long mine = versions ? a.version : a.position;
        long other = versions ? b.version : b.position;
        return mine != History.ABSENT && other != History.ABSENT && mine < other;
    }
}
