package dev.umpire.checkers.verdict;

/** What a checker stands on is not there. The message tells people what is missing and how to add it. */
public final class CheckerUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    public CheckerUnavailableException(String message) {
        super(message);
    }
}
