package dev.umpire.harness.environment;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Time and concurrency of one run: a loop that runs tasks one after another.
 *
 * <p>Tasks due at the same nanosecond run in the order in which they were handed in.
 */
public interface Environment extends AutoCloseable {

    /** Nanoseconds since the run began, 0 or more, never backwards. */
    long nowNanos();

    /** Random numbers of this run. */
    KeyedRandom random();

    /** Whether time is virtual: then {@link #blocking} is refused and nothing outside the loop may take part. */
    boolean simulated();

    /**
     * Runs a task on the loop after a delay.
     *
     * @param delayNanos 0 or more
     * @return a handle that takes the task back while it has not run
     */
    Timer schedule(long delayNanos, Runnable task);

    /**
     * Completes on the loop when so much time has passed, in the order of {@link #schedule}; never where the environment is closed
     * before.
     *
     * @param nanos from now; 0 or more
     */
    default CompletionStage<Void> after(long nanos) {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        schedule(nanos, () -> passed.complete(null));
        return passed;
    }

    /** Runs a task on the loop as soon as possible. May be called from any thread. */
    void execute(Runnable task);

    /**
     * Runs a blocking call off the loop and completes on the loop. Calls with one thread name run one after another,
     * calls with different names at the same time.
     *
     * @throws IllegalStateException in virtual time
     */
    <T> CompletionStage<T> blocking(String threadName, Callable<T> call);

    /**
     * Runs the loop on the calling thread until the stage is complete, and returns its value.
     *
     * @throws java.util.concurrent.CompletionException if the stage completes exceptionally
     * @throws IllegalStateException in virtual time if nothing is left to run and the stage is still incomplete; the
     *     message names what was awaited
     */
    <T> T await(String awaited, CompletionStage<T> stage);

    /** Ends the loop and every thread of it. */
    @Override
    void close();

    /** A task that has not run yet. */
    interface Timer {
        /** Takes the task back; does nothing if it ran. */
        void cancel();
    }
}
