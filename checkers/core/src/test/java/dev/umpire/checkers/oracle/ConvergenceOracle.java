package dev.umpire.checkers.oracle;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/** Durability and eventual consistency of registers, from their definitions; final reads are those marked as final. */
public final class ConvergenceOracle {
    private ConvergenceOracle() {}

    /** For every final read f and acknowledged write w of one key, not rf(f) &lt; w, under one version order. */
    public static Answer durability(SmallHistory history, WriteOrder assumption) {
        boolean obliged = false;
        Answer answer = Answer.VALID;
        for (int key = 0; key < history.keyCount(); key++) {
            int k = key;
            VersionOrders orders = new VersionOrders(history, k);
            List<SmallOperation> finals = history.operations().stream()
                    .filter(o -> o.last && orders.goodRead(o))
                    .filter(o -> !o.writes(k))
                    .filter(f -> history.operations().stream()
                            .noneMatch(w -> w.writes(k) && w.isOk() && w.completed >= f.invoked))
                    .toList();
            boolean anyMarked =
                    history.operations().stream().anyMatch(o -> o.last && o.isOk() && o.readOf(k) >= 0 && !o.writes(k));
            boolean anyFinal = history.operations().stream()
                    .anyMatch(f -> f.last
                            && f.isOk()
                            && f.readOf(k) >= 0
                            && !f.writes(k)
                            && history.operations().stream()
                                    .noneMatch(w -> w.writes(k) && w.isOk() && w.completed >= f.invoked));
            List<SmallOperation> acknowledged = history.operations().stream()
                    .filter(o -> o.writes(k) && o.isOk())
                    .toList();
            if (finals.isEmpty() || acknowledged.isEmpty()) {
                // marked, and none of them final
                answer = answer.and(anyMarked && !anyFinal && !acknowledged.isEmpty() ? Answer.UNKNOWN : Answer.VALID);
                continue;
            }
            obliged = true;
            boolean holds = orders.exists(
                    assumption,
                    false,
                    order -> finals.stream()
                            .allMatch(f -> acknowledged.stream()
                                    .noneMatch(w -> order.indexOf(f.readOf(k)) < order.indexOf(w.written()))));
            answer = answer.and(holds ? Answer.VALID : Answer.INVALID);
        }
        return obliged ? answer : answer.and(Answer.UNKNOWN);
    }

    /**
     * Final reads from two nodes or more agree on a value that was written, or on the initial one if none was; whether they
     * agree cannot be said where a write of unknown outcome may take effect between them, and what none can have written in
     * between is a value that was written, or the initial one.
     */
    public static Answer eventual(SmallHistory history) {
        boolean obliged = false;
        Answer answer = Answer.VALID;
        for (int key = 0; key < history.keyCount(); key++) {
            int k = key;
            List<SmallOperation> marked = history.operations().stream()
                    .filter(o -> o.last && o.isOk() && o.readOf(k) >= 0 && !o.writes(k))
                    .toList();
            List<SmallOperation> finals = marked.stream()
                    .filter(f -> history.operations().stream()
                            .filter(w -> w.writes(k) && w.outcome != Outcome.FAIL)
                            .allMatch(w -> (w.isOk() ? w.completed : w.invoked) < f.invoked))
                    .toList();
            long nodes = finals.stream().map(SmallOperation::node).distinct().count();
            if (nodes < 2) {
                long markedNodes =
                        marked.stream().map(SmallOperation::node).distinct().count();
                answer = answer.and(markedNodes < 2 ? Answer.VALID : Answer.UNKNOWN);
                continue;
            }
            obliged = true;
            var values = finals.stream().map(o -> o.readOf(k)).collect(Collectors.toSet());
            int value = finals.get(0).readOf(k);
            boolean written = history.operations().stream()
                    .anyMatch(o -> o.writes(k) && o.written() == value && o.outcome != Outcome.FAIL);
            boolean acknowledged = history.operations().stream().anyMatch(o -> o.writes(k) && o.isOk());
            boolean holds = values.size() == 1 && (written || (value == 0 && !acknowledged));
            int began = finals.stream().mapToInt(f -> f.invoked).min().orElseThrow();
            var firm = values.stream()
                    .filter(v -> !mayBeLate(history, k, v, began))
                    .toList();
            boolean possible = firm.stream()
                    .allMatch(v -> (v == 0 && !acknowledged)
                            || history.operations().stream()
                                    .anyMatch(o -> o.writes(k) && o.written() == v && o.outcome != Outcome.FAIL));
            boolean open = values.size() > 1 && firm.size() <= 1 && possible;
            boolean everyNode = nodes == history.history().nodes().size();
            answer = answer.and(
                    open ? Answer.UNKNOWN : !holds ? Answer.INVALID : everyNode ? Answer.VALID : Answer.UNKNOWN);
        }
        return obliged ? answer : Answer.UNKNOWN;
    }

    /** Whether a write of the value may take effect after the position; one that was seen before had taken effect. */
    private static boolean mayBeLate(SmallHistory history, int key, int value, int position) {
        List<SmallOperation> writes = history.operations().stream()
                .filter(o -> o.writes(key) && o.written() == value && o.outcome != Outcome.FAIL)
                .toList();
        boolean seen = history.operations().stream()
                .anyMatch(o -> o.isOk() && o.readOf(key) == value && o.completed < position);
        boolean toldApart = writes.size() == 1 && value != 0;
        return writes.stream().anyMatch(w -> !w.isOk()) && !(seen && toldApart);
    }

    /** The same history in which each session stays at a node of its own and its last operation, if it reads, is final. */
    public static SmallHistory withFinalReads(SmallHistory history) {
        return new SmallHistory(history.operations().stream()
                .map(o -> {
                    boolean isLast = history.operations().stream()
                            .noneMatch(other -> other.session == o.session && other.invoked > o.invoked);
                    SmallOperation placed = o.at(o.session);
                    return isLast && o.function.equals("read") ? placed.inFinalPhase() : placed;
                })
                .toList());
    }
}
