package dev.umpire.harness.environment;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call on a thread of its own, which can be left behind: the thread does not keep the process alive.
 *
 * @param <T> what the call returns
 */
public final class OwnThread<T> {
    private final FutureTask<T> call;
    private final Thread thread;

    private OwnThread(String name, Callable<T> call) {
        this.call = new FutureTask<>(call);
        this.thread = new Thread(this.call, name);
        thread.setDaemon(true);
    }

    /** Begins a call. */
    public static <T> OwnThread<T> start(String name, Callable<T> call) {
        OwnThread<T> own = new OwnThread<>(name, call);
        own.thread.start();
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
            Throwable cause = failed.getCause();
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("the call on a thread of its own failed", cause);
        }
    }

    /** Interrupts the thread and leaves it. */
    public void leave() {
        thread.interrupt();
    }
}
