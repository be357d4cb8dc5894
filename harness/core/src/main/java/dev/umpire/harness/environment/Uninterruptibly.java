package dev.umpire.harness.environment;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waiting that an interrupt does not end: of what gives back what was taken. Who is told to end twice, as by a second Ctrl-C or a
 * pool that interrupts its threads again, must clean up all the same.
 */
public final class Uninterruptibly {
    private Uninterruptibly() {}

    /** Waits for at most so many milliseconds; says whether what was awaited came. */
    @FunctionalInterface
    public interface Waiting {
        boolean within(long millis) throws InterruptedException;
    }

    /**
     * Waits, and begins again when interrupted; the thread is interrupted still afterwards.
     *
     * @return whether what was awaited came
     */
    public static boolean await(Duration atMost, Waiting waiting) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return waiting.within(atMost.toMillis());
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Runs a task on a thread of its own, which nobody interrupts, and waits until it is over: for what would give up in the middle,
     * as files do that are written while the thread is interrupted. The calling thread must hold no lock that the task takes.
     */
    public static void run(String threadName, Runnable task) {
        FutureTask<Void> call = new FutureTask<>(task, null);
        Thread thread = new Thread(call, threadName);
        thread.setDaemon(true);
        thread.start();
        await(Duration.ofMillis(Long.MAX_VALUE), millis -> {
            thread.join();
            return true;
        });
        try {
            call.get(0, TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw OwnThreads.unchecked(failed, "the task failed");
        } catch (InterruptedException | TimeoutException impossible) {
            throw new IllegalStateException("a task that is over", impossible);
        }
    }

    /** As {@link #await}, of a process that is to end. */
    public static boolean awaitEnd(Process process, Duration atMost) {
        return await(atMost, millis -> process.waitFor(millis, TimeUnit.MILLISECONDS));
    }
}
