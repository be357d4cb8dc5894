package dev.umpire.harness.environment;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The time of the machine. The loop is the thread that calls {@link #await}; blocking calls run on daemon threads, one for
 * each name.
 *
 * <p>{@link #execute} and {@link #schedule} may be called from any thread, from a shutdown hook too. An exception that a
 * task throws leaves {@link #await}. After {@link #close} tasks that are handed in are dropped: they are late answers that
 * nobody awaits.
 */
public final class RealEnvironment implements Environment {

    private static final long IDLE_THREAD_SECONDS = 5;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final KeyedRandom random;
    private final long startNanos = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TaskQueue tasks = new TaskQueue();
    private final Map<String, ThreadPoolExecutor> threads = new HashMap<>();
    private boolean closed;

    public RealEnvironment(KeyedRandom random) {
        this.random = random;
    }

    /** The day by this machine's calendar, in its time zone. */
    public static LocalDate today() {
        return LocalDate.now(ZoneId.systemDefault());
    }

    @Override
    public long nowNanos() {
        return System.nanoTime() - startNanos;
    }

    @Override
    public KeyedRandom random() {
        return random;
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        if (delayNanos < 0) {
            throw new IllegalArgumentException("delayNanos: found " + delayNanos + ", expected 0 or more");
        }
        lock.lock();
        try {
            if (closed) {
                return () -> {};
            }
            TaskQueue.Task queued = tasks.add(Math.addExact(nowNanos(), delayNanos), task);
            changed.signalAll();
            return () -> takeBack(queued);
        } finally {
            lock.unlock();
        }
    }

    private void takeBack(TaskQueue.Task task) {
        lock.lock();
        try {
            tasks.remove(task);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void execute(Runnable task) {
        schedule(0, task);
    }

    @Override
    public <T> CompletionStage<T> blocking(String threadName, Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threadNamed(threadName).execute(() -> call(call, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new IllegalStateException(threadName + ": the environment is closed", e));
        }
        return result;
    }

    private <T> void call(Callable<T> call, CompletableFuture<T> result) {
        T value;
        try {
            value = call.call();
        } catch (Throwable failure) { // an Error too must reach the loop, or its request would wait for the timeout
            execute(() -> result.completeExceptionally(failure));
            return;
        }
        execute(() -> result.complete(value));
    }

    private ThreadPoolExecutor threadNamed(String name) {
        lock.lock();
        try {
            if (closed) {
                throw new RejectedExecutionException();
            }
            return threads.computeIfAbsent(name, RealEnvironment::newThread);
        } finally {
            lock.unlock();
        }
    }

    private static ThreadPoolExecutor newThread(String name) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, IDLE_THREAD_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), runnable -> {
                    Thread thread = new Thread(runnable, name);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * {@inheritDoc}
     *
     * @throws LoopInterruptedException if the calling thread is interrupted
     * @throws CancellationException if the environment is closed
     */
    @Override
    public <T> T await(String awaited, CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        CompletionStage<?> unused = future.whenComplete((value, failure) -> execute(() -> {})); // wakes the loop
        while (!future.isDone()) {
            TaskQueue.Task task = nextDue(awaited, future);
            if (task != null) {
                task.run();
            }
        }
        return future.join();
    }

    /** The next task when it is due; null if the future is done before. */
    private TaskQueue.@Nullable Task nextDue(String awaited, CompletableFuture<?> future) {
        lock.lock();
        try {
            while (!future.isDone()) {
                if (closed) {
                    throw new CancellationException(awaited + ": the environment is closed");
                }
                if (Thread.interrupted()) {
                    throw new LoopInterruptedException(awaited + ": interrupted");
                }
                TaskQueue.Task first = tasks.first();
                long waitNanos = first == null ? Long.MAX_VALUE : first.dueNanos() - nowNanos();
                if (first != null && waitNanos <= 0) {
                    tasks.remove(first);
                    return first;
                }
                long unused = changed.awaitNanos(waitNanos);
            }
            return null;
        } catch (InterruptedException e) {
            LoopInterruptedException interrupted = new LoopInterruptedException(awaited + ": interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts every blocking call and waits for at most two seconds until their threads have ended. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            tasks.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        threads.values().forEach(ThreadPoolExecutor::shutdownNow);
        long deadlineNanos = nowNanos() + CLOSE_NANOS;
        for (ThreadPoolExecutor thread : threads.values()) {
            Duration left = Duration.ofNanos(Math.max(0, deadlineNanos - nowNanos()));
            // whoever gives back what was taken comes after those that take
            if (!Uninterruptibly.await(left, millis -> thread.awaitTermination(millis, TimeUnit.MILLISECONDS))) {
                return; // a driver that ignores interrupts; its thread is a daemon and ends with the program
            }
        }
    }
}
