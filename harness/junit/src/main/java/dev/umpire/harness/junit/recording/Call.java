package dev.umpire.harness.junit.recording;

import org.jspecify.annotations.Nullable;

/**
 * A call of a client that is answered.
 *
 * @param <T> the answer; null where the store has nothing
 * @param <X> what the client throws; inferred as {@code RuntimeException} where it throws nothing checked
 */
@FunctionalInterface
public interface Call<T extends @Nullable Object, X extends Exception> {
    /** Asks the store. */
    T ask() throws X;
}
