package dev.umpire.harness.environment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Calls that have nothing to do with one another, on all cores. Their results come one after another in the order of the
 * numbers, so that whoever takes them depends on no timing.
 */
public final class SideBySide {
    /** So many calls a core are under way or done and not taken yet. */
    private static final int AHEAD = 4;

    private SideBySide() {}

    /**
     * A call by its number.
     *
     * @param <T> what it returns
     */
    @FunctionalInterface
    public interface Numbered<T> {
        T call(long number) throws Exception;
    }

    /**
     * Calls with the numbers from {@code first} to {@code last} and hands the results over on the calling thread, until one
     * is not wanted; some calls after that one may have been made in vain. None is under way any more when this returns or
     * throws: those in vain are interrupted and awaited.
     *
     * @param wanted takes a result; no: nothing more
     * @throws LoopInterruptedException if the calling thread is interrupted
     * @throws IllegalStateException if a call ended with a checked exception, which is its cause; others, and errors, are
     *     thrown as they are
     */
    public static <T> void inOrder(String threadName, long first, long last, Numbered<T> call, Predicate<T> wanted) {
        inOrder(threadName, AHEAD, first, last, call, wanted);
    }

    /**
     * The same for one who is likely to want no more soon.
     *
     * @param ahead how many calls a core may be under way, or done and not taken yet; 1 or more
     * @throws LoopInterruptedException if the calling thread is interrupted
     * @throws IllegalStateException if a call ended with a checked exception, which is its cause; others, and errors, are
     *     thrown as they are
     */
    public static <T> void inOrder(
            String threadName, int ahead, long first, long last, Numbered<T> call, Predicate<T> wanted) {
        int cores = Runtime.getRuntime().availableProcessors();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ExecutorService threads = Executors.newFixedThreadPool(cores, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
        try {
            Deque<Future<T>> underWay = new ArrayDeque<>();
            long next = first;
            boolean more = true;
            while (more && (next <= last || !underWay.isEmpty())) {
                while (next <= last && underWay.size() < ahead * cores) {
                    long number = next++;
                    Callable<T> one = () -> call.call(number);
                    underWay.add(threads.submit(one));
                }
                more = wanted.test(result(underWay.remove()));
            }
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    /** What a call left behind still wrote or read would be in the way of whoever goes on. */
    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            throw new LoopInterruptedException("the calls side by side were interrupted");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw OwnThreads.unchecked(failed, String.valueOf(cause == null ? failed : cause.getMessage()));
        }
    }
}
