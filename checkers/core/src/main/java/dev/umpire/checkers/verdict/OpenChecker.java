package dev.umpire.checkers.verdict;

/** A checker that holds something open, such as a process that it asks. Closed when the last history is judged. */
public interface OpenChecker extends Checker, AutoCloseable {

    /** Ends what it holds; nothing is thrown. A checker is not used after it was closed. */
    @Override
    void close();
}
