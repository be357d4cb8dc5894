package dev.umpire.checkers.verdict;

/** The three answers. People read held, broken and undecided. */
public enum Answer {
    /** Proven: no violation, and something was looked at that could have violated. */
    VALID("held"),
    /** Proven: the witness operations cannot all have happened in a store that keeps the guarantee. */
    INVALID("broken"),
    /** Neither; the verdict's reason says why. */
    UNKNOWN("undecided");

    private final String word;

    Answer(String word) {
        this.word = word;
    }

    /** As people read it. */
    public String word() {
        return word;
    }

    /** The answer of two questions together: INVALID beats UNKNOWN beats VALID. */
    public Answer and(Answer other) {
        if (this == INVALID || other == INVALID) {
            return INVALID;
        }
        return this == UNKNOWN || other == UNKNOWN ? UNKNOWN : VALID;
    }
}
