package dev.umpire.checkers.prefix;

import dev.umpire.checkers.verdict.Deadline;

/** How many steps a search may still take; not thread-safe. */
final class Budget {
    private static final int BETWEEN_QUESTIONS = 256;
    private final long steps;
    private final Deadline deadline;
    private boolean late;
    private long left;

    /** So many, and none any more when the time is over. */
    Budget(long steps, Deadline deadline) {
        this.steps = steps;
        this.left = steps;
        this.deadline = deadline;
    }

    /** Takes one step; false if there is none left. */
    boolean take() {
        if ((steps - left) % BETWEEN_QUESTIONS == 0 && deadline.isOver()) {
            left = 0;
            late = true;
        }
        return left > 0 && left-- > 0;
    }

    boolean spent() {
        return left == 0;
    }

    /** Why there are no more; continues a sentence. */
    String whySpent() {
        return late ? "was left when the time was over" : "spent its " + steps + " steps";
    }
}
