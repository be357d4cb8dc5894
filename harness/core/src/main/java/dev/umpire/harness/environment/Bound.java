package dev.umpire.harness.environment;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts an end to waiting. */
public final class Bound {
    private Bound() {}

    /**
     * The stage, or a {@link TimeoutException} that names what was awaited and for how long.
     *
     * @param limitNanos of the environment's time, from now; 0 or more
     */
    public static <T> CompletionStage<T> within(
            Environment environment, long limitNanos, String awaited, CompletionStage<T> stage) {
        CompletableFuture<T> bounded = new CompletableFuture<>();
        Environment.Timer timer = environment.schedule(
                limitNanos,
                () -> bounded.completeExceptionally(new TimeoutException(
                        awaited + ": not complete after " + TimeUnit.NANOSECONDS.toMillis(limitNanos) + " ms")));
        stage.whenComplete((value, failure) -> {
            timer.cancel();
            if (failure != null) {
                bounded.completeExceptionally(failure);
            } else {
                bounded.complete(value);
            }
        });
        return bounded;
    }
}
