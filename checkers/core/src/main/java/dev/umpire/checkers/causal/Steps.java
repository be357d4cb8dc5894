package dev.umpire.checkers.causal;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Deadline;
import dev.umpire.checkers.words.Words;

/** How much work beyond one look at everything may still be done; not thread-safe. */
final class Steps {
    private static final long A_STEP = 64;
    private static final long BETWEEN_QUESTIONS = 4_096;

    private final long limit;
    private final Deadline deadline;
    private long taken;
    private long asked = -BETWEEN_QUESTIONS;
    private boolean late;

    private Steps(long limit, Deadline deadline) {
        this.limit = limit;
        this.deadline = deadline;
    }

    /** So many as the options allow: 64 small ones for each step of a search. */
    static Steps of(CheckOptions options) {
        return new Steps(
                options.searchBudget() > Long.MAX_VALUE / A_STEP ? Long.MAX_VALUE : A_STEP * options.searchBudget(),
                options.deadline());
    }

    static Steps atMost(long limit) {
        return new Steps(limit, Deadline.NONE);
    }

    void take() {
        taken++;
    }

    void take(long many) {
        taken += many;
    }

    boolean spent() {
        if (taken - asked >= BETWEEN_QUESTIONS) {
            asked = taken;
            late = late || deadline.isOver();
        }
        return late || taken > limit;
    }

    /** Why there are no more; continues a sentence. */
    String whySpent() {
        return late ? "the time was over" : "the budget of " + Words.number(limit) + " steps was spent";
    }
}
