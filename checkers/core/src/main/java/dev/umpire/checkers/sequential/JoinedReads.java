package dev.umpire.checkers.sequential;

import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.joined.Constraints;
import dev.umpire.checkers.joined.EarliestFirst;
import dev.umpire.checkers.joined.ReadsFrom;
import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Deadline;
import dev.umpire.checkers.verdict.TimeIsOver;

/** Decides where reads are joined to writes: an order that proves, a cycle that refutes, or a search that the cycles guide. */
final class JoinedReads {
    private static final long WORK_OF_A_STEP = 400;

    final ReadsFrom readsFrom;
    final Constraints constraints;
    private final Calls calls;
    private final Model<?> model;

    Answer answer = Answer.UNKNOWN;
    /** Whether it is a cycle that refutes. */
    boolean cyclic;

    private final Deadline deadline;

    /** In a few words, how it was decided. */
    String how = "";

    long configurations;
    int placed;

    /**
     * @param budget how many configurations a search may enter, and how far constraints may be derived
     * @param mostBytes how much memory each may take
     * @param deadline when both are left undecided
     */
    JoinedReads(ReadsFrom readsFrom, Calls calls, Model<?> model, long budget, long mostBytes, Deadline deadline) {
        this.deadline = deadline;
        this.readsFrom = readsFrom;
        this.calls = calls;
        this.model = model;
        long work = budget > Long.MAX_VALUE / WORK_OF_A_STEP ? budget : budget * WORK_OF_A_STEP;
        constraints = new Constraints(readsFrom, work, mostBytes, deadline);
    }

    void decide(long budget, long mostBytes) {
        if (isProvenBy(constraints.graph())) {
            how = "an order by first effect";
            return;
        }
        try {
            cyclic = constraints.saturate();
        } catch (TimeIsOver over) {
            return;
        }
        if (cyclic) {
            answer = Answer.INVALID;
            how = "a cycle of what every order must have";
            return;
        }
        if (!readsFrom.complete) {
            return;
        }
        Digraph graph = constraints.graph();
        if (isProvenBy(graph)) {
            how = "an order by first effect among what every order must have";
            return;
        }
        Objects objects = new Objects(readsFrom.lanes.history, calls, model, readsFrom.lanes.operation, deadline);
        OrderSearch.Result result =
                new OrderSearch(readsFrom.lanes, objects, Guide.of(readsFrom, graph)).run(budget, mostBytes);
        answer = result.answer();
        configurations = result.configurations();
        placed = result.placed();
        how = "search over configurations among what every order must have";
    }

    private boolean isProvenBy(Digraph graph) {
        if (!readsFrom.complete) {
            return false;
        }
        int[] order = EarliestFirst.order(readsFrom, graph);
        boolean proven = order.length > 0 && EarliestFirst.isProof(readsFrom, order);
        answer = proven ? Answer.VALID : answer;
        return proven;
    }
}
