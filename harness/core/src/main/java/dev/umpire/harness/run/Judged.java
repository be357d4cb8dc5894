package dev.umpire.harness.run;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;

/**
 * A verdict and what it cost.
 *
 * @param elapsedNanos time of the checker
 * @param asked whether somebody asked for the guarantee; integrity is judged also where nobody did
 */
public record Judged(Verdict verdict, long elapsedNanos, boolean asked) {

    /** A verdict that was asked for. */
    public Judged(Verdict verdict, long elapsedNanos) {
        this(verdict, elapsedNanos, true);
    }

    /**
     * Whether this counts in the answer of all together. What nobody asked for counts where it is broken; that it could
     * not be judged takes nothing away from what was asked.
     */
    boolean counts() {
        return asked || verdict.answer() == Answer.INVALID;
    }
}
