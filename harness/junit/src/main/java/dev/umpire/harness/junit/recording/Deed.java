package dev.umpire.harness.junit.recording;

/**
 * A call of a client of whose answer nothing is kept.
 *
 * @param <X> what the client throws; inferred as {@code RuntimeException} where it throws nothing checked
 */
@FunctionalInterface
public interface Deed<X extends Exception> {
    /** Tells the store. */
    void doIt() throws X;
}
