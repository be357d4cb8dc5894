package dev.umpire.checkers.verdict;

/** Leaves a search whose {@link Deadline} is over. Thrown and caught inside of a checker. */
public final class TimeIsOver extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Without a stack trace: this is no failure. */
    public TimeIsOver() {
        super("the time is over", null, false, false);
    }
}
