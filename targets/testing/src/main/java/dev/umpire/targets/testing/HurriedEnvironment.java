package dev.umpire.targets.testing;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * The time of another environment; but once something holds, seconds have passed whenever somebody asks for it. So a bound of
 * a minute is reached after a few questions, and never before the machine, however busy, has come so far.
 */
final class HurriedEnvironment implements Environment {

    private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Environment real;
    private final BooleanSupplier farEnough;
    private final AtomicLong ahead = new AtomicLong();

    /** @param farEnough asked with every question for the time, by any thread */
    HurriedEnvironment(Environment real, BooleanSupplier farEnough) {
        this.real = real;
        this.farEnough = farEnough;
    }

    @Override
    public long nowNanos() {
        return real.nowNanos() + ahead.addAndGet(farEnough.getAsBoolean() ? STEP_NANOS : 0);
    }

    @Override
    public KeyedRandom random() {
        return real.random();
    }

    @Override
    public boolean simulated() {
        return real.simulated();
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        return real.schedule(delayNanos, task);
    }

    @Override
    public void execute(Runnable task) {
        real.execute(task);
    }

    @Override
    public <T> CompletionStage<T> blocking(String threadName, Callable<T> call) {
        return real.blocking(threadName, call);
    }

    @Override
    public <T> T await(String awaited, CompletionStage<T> stage) {
        return real.await(awaited, stage);
    }

    @Override
    public void close() {
        real.close();
    }
}
