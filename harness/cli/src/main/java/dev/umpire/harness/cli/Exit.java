package dev.umpire.harness.cli;

import dev.umpire.checkers.verdict.Answer;

/** What a script is told. A broken guarantee outranks everything, an error outranks doubt. */
public enum Exit {
    /** Every guarantee held. */
    HELD(0),
    /** A guarantee is broken. */
    BROKEN(1),
    /** Wrong use, bad input, a harness or a checker that failed. */
    FAILED(2),
    /** Not enough to say. */
    UNDECIDED(3);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    /** As the process ends. */
    public int code() {
        return code;
    }

    /** The exit of two things together: 1 beats 2 beats 3 beats 0. */
    public Exit and(Exit other) {
        return rank() >= other.rank() ? this : other;
    }

    static Exit of(Answer answer) {
        return switch (answer) {
            case VALID -> HELD;
            case INVALID -> BROKEN;
            case UNKNOWN -> UNDECIDED;
        };
    }

    private int rank() {
        return switch (this) {
            case BROKEN -> 3;
            case FAILED -> 2;
            case UNDECIDED -> 1;
            case HELD -> 0;
        };
    }
}
