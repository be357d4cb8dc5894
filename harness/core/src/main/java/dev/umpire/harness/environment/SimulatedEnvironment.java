package dev.umpire.harness.environment;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Virtual time on one thread: a task takes no time, and the clock jumps to the next task. One seed has one order of
 * tasks, on every machine.
 *
 * <p>Belongs to the thread that uses it. An exception that a task throws leaves {@link #await}, and so does a {@link
 * LoopInterruptedException} when the thread is interrupted.
 */
public final class SimulatedEnvironment implements Environment {

    private final KeyedRandom random;
    private final TaskQueue tasks = new TaskQueue();
    private long nowNanos;
    private boolean closed;

    public SimulatedEnvironment(KeyedRandom random) {
        this.random = random;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public KeyedRandom random() {
        return random;
    }

    @Override
    public boolean simulated() {
        return true;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        if (delayNanos < 0) {
            throw new IllegalArgumentException("delayNanos: found " + delayNanos + ", expected 0 or more");
        }
        if (closed) {
            return () -> {};
        }
        return tasks.add(Math.addExact(nowNanos, delayNanos), task);
    }

    @Override
    public void execute(Runnable task) {
        schedule(0, task);
    }

    @Override
    public <T> CompletionStage<T> blocking(String threadName, Callable<T> call) {
        throw new IllegalStateException("found a blocking call for thread " + threadName
                + ", expected none: in virtual time everything runs on the loop");
    }

    @Override
    public <T> T await(String awaited, CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        while (!future.isDone()) {
            if (Thread.interrupted()) {
                throw new LoopInterruptedException(awaited + ": interrupted");
            }
            TaskQueue.Task task = tasks.first();
            if (task == null) {
                throw new IllegalStateException(
                        awaited + ": nothing is left to run at " + nowNanos + " ns, expected it to be complete");
            }
            tasks.remove(task);
            nowNanos = task.dueNanos();
            task.run();
        }
        return future.join();
    }

    @Override
    public void close() {
        closed = true;
        tasks.clear();
    }
}
