package dev.umpire.harness.run;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;

/**
 * A verdict and what it cost.
 *
 * @param elapsedNanos time of the checker
 * @param weight how it counts in the answer of all together
 */
public record Judged(Verdict verdict, long elapsedNanos, Weight weight) {

    /** How much a verdict counts. */
    public enum Weight {
        /** Somebody asked for it: it counts, whatever it says. */
        ASKED,
        /**
         * Nobody asked, and it counts where it is broken. That it could not be judged takes nothing away from what was asked.
         */
        IF_BROKEN,
        /** It is told and does not count: every store breaks something. */
        TOLD
    }

    /** A verdict that was asked for. */
    public Judged(Verdict verdict, long elapsedNanos) {
        this(verdict, elapsedNanos, Weight.ASKED);
    }

    /** Whether this counts in the answer of all together. */
    public boolean counts() {
        return weight == Weight.ASKED || (weight == Weight.IF_BROKEN && verdict.answer() == Answer.INVALID);
    }
}
