package dev.umpire.harness.environment;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call on threads of its own, which can be left behind: they do not keep the process alive. What the call does in parallel
 * runs on them too, so that all of it can be interrupted.
 *
 * @param <T> what the call returns
 */
public final class OwnThreads<T> {
    private final ForkJoinPool threads;
    private final FutureTask<T> call;

    private OwnThreads(String name, Callable<T> call) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        this.threads = new ForkJoinPool(
                Runtime.getRuntime().availableProcessors(),
                pool -> {
                    // daemons
                    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
                    thread.setName(name);
                    thread.setContextClassLoader(loader);
                    return thread;
                },
                null,
                false);
        this.call = new FutureTask<>(call);
    }

    /** Begins a call. */
    public static <T> OwnThreads<T> start(String name, Callable<T> call) {
        OwnThreads<T> own = new OwnThreads<>(name, call);
        own.threads.execute(own.call);
        // ends its threads when they have nothing more to do
        own.threads.shutdown();
        return own;
    }

    /**
     * Waits for the call.
     *
     * @return what it returned; empty: it is not over yet, or the waiting thread was interrupted, which it then still is
     * @throws IllegalStateException if the call ended with a checked exception; others, and errors, are thrown as they are
     */
    public Optional<T> await(Duration atMost) {
        try {
            return Optional.of(call.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw unchecked(failed, "the call on threads of its own failed");
        }
    }

    /**
     * What a call on another thread ended with.
     *
     * @param otherwise the message where that was a checked exception
     * @throws Error if it was one
     */
    static RuntimeException unchecked(ExecutionException failed, String otherwise) {
        Throwable cause = failed.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(otherwise, cause);
    }

    /** Interrupts the threads and leaves them. */
    public void leave() {
        threads.shutdownNow();
    }
}
