package dev.umpire.harness.environment;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Virtual time that stands still while nobody asks. */
final class SimulatedAskedLoop implements AskedLoop {

    private final SimulatedEnvironment environment;
    private long lastNanos = -1;

    SimulatedAskedLoop(SimulatedEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public synchronized <T> T ask(String what, Duration atMost, Supplier<CompletionStage<T>> question) {
        try {
            return environment.await(what, Bound.within(environment, atMost.toNanos(), what, question.get()));
        } catch (CompletionException | LoopInterruptedException e) {
            if (e instanceof LoopInterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw Failures.asked(what, e);
        }
    }

    @Override
    public void letPass(Duration time) {
        Void unused = ask("time to pass", time.multipliedBy(2), () -> environment.after(time.toNanos()));
    }

    @Override
    public synchronized long nanos() {
        lastNanos = Math.max(lastNanos + 1, environment.nowNanos());
        return lastNanos;
    }

    @Override
    public synchronized void close() {
        environment.close();
    }
}
