package dev.umpire.checkers.sequential;

import dev.umpire.checkers.joined.Attempt;
import dev.umpire.checkers.joined.Constraints;
import dev.umpire.checkers.joined.ReadsFrom;
import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Deadline;
import dev.umpire.checkers.verdict.TimeIsOver;

/** Decides where reads are joined to writes: an order that proves, a cycle that refutes, or a search that the cycles guide. */
final class JoinedReads {
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
        constraints = Constraints.beside(readsFrom, budget, mostBytes, deadline);
    }

    void decide(long budget, long mostBytes) {
        Attempt attempt;
        try {
            attempt = Attempt.of(constraints);
        } catch (TimeIsOver over) {
            return;
        }
        switch (attempt) {
            case PROVED_AT_ONCE -> decided(Answer.VALID, "an order by first effect");
            case PROVED -> decided(Answer.VALID, "an order by first effect among what every order must have");
            case REFUTED -> {
                cyclic = true;
                decided(Answer.INVALID, "a cycle of what every order must have");
            }
            case OPEN -> {
                if (readsFrom.complete) {
                    search(budget, mostBytes);
                }
            }
        }
    }

    private void decided(Answer found, String inWords) {
        answer = found;
        how = inWords;
    }

    private void search(long budget, long mostBytes) {
        Objects objects = new Objects(readsFrom.lanes.history, calls, model, readsFrom.lanes.operation, deadline);
        OrderSearch.Result result = new OrderSearch(readsFrom.lanes, objects, Guide.of(readsFrom, constraints.graph()))
                .run(budget, mostBytes);
        configurations = result.configurations();
        placed = result.placed();
        decided(result.answer(), "search over configurations among what every order must have");
    }
}
