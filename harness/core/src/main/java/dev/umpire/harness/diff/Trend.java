package dev.umpire.harness.diff;

import dev.umpire.checkers.verdict.Answer;

/** Which way a guarantee went from A to B. */
public enum Trend {
    /** Broken in B, and not in A. */
    WORSE,
    /** Held in A, and neither held nor broken in B: nobody can say. */
    LOST,
    /** Held in B, and not in A; or broken in A, and not in B. */
    BETTER,
    /** The same answer. */
    SAME;

    /** @param a the answer of A; UNKNOWN where it was not judged there */
    static Trend of(Answer a, Answer b) {
        if (a == b) {
            return SAME;
        }
        if (b == Answer.INVALID) {
            return WORSE;
        }
        return a == Answer.VALID ? LOST : BETTER;
    }

    /** The trend of two guarantees together: the first in the order of these constants counts. */
    Trend and(Trend other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** As people read it: {@code worse}. */
    public String word() {
        return switch (this) {
            case WORSE -> "worse";
            case LOST -> "undecided now";
            case BETTER -> "better";
            case SAME -> "same";
        };
    }
}
