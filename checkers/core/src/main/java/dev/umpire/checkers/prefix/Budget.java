package dev.umpire.checkers.prefix;

import dev.umpire.checkers.verdict.Deadline;

/** How many steps a search may still take; not thread-safe. */
final class Budget {
    private static final int BETWEEN_QUESTIONS = 256;
    /** Takes about as long as a step does in a small window. */
    private static final int COMPARISONS_OF_A_STEP = 4_096;

    private final long steps;
    private final Deadline deadline;
    private boolean late;
    private long left;
    private long comparisons;

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

    /** Takes the steps that so many comparisons are worth, those of small numbers together; false if there are not so many left. */
    boolean takeFor(long more) {
        comparisons += more;
        while (comparisons >= COMPARISONS_OF_A_STEP) {
            comparisons -= COMPARISONS_OF_A_STEP;
            if (!take()) {
                return false;
            }
        }
        return true;
    }

    boolean spent() {
        return left == 0;
    }

    /** Why there are no more; continues a sentence. */
    String whySpent() {
        return late ? "was left when the time was over" : "spent its " + steps + " steps";
    }
}
