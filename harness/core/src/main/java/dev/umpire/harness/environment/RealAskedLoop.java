package dev.umpire.harness.environment;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The time of the machine, and a thread that carries the loop until it is closed. */
final class RealAskedLoop implements AskedLoop {

    private static final Duration END = Duration.ofSeconds(5);

    private final RealEnvironment environment;
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final OwnThreads<Boolean> thread;
    private final AtomicLong lastNanos = new AtomicLong(-1);
    /** What a task of the loop threw first; whoever asks next is told. */
    private final AtomicReference<@Nullable RuntimeException> broken = new AtomicReference<>();

    RealAskedLoop(RealEnvironment environment) {
        this.environment = environment;
        this.thread = OwnThreads.start("umpire-loop", this::carry);
    }

    private boolean carry() {
        while (!end.isDone()) {
            try {
                return environment.await("the end of the loop", end);
            } catch (RuntimeException e) {
                // the loop must go on, or nothing that is in force could be undone
                broken.compareAndSet(null, e);
            }
        }
        return true;
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public <T> T ask(String what, Duration atMost, Supplier<CompletionStage<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        environment.execute(() -> {
            CompletionStage<T> asked;
            try {
                asked = Bound.within(environment, atMost.toNanos(), what, question.get());
            } catch (RuntimeException e) {
                asked = CompletableFuture.failedStage(e);
            }
            asked.whenComplete((value, failure) -> {
                if (failure == null) {
                    answer.complete(value);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        });
        RuntimeException failed = broken.getAndSet(null);
        if (failed != null) {
            throw new IllegalStateException(what + ": the loop is broken: " + failed.getMessage(), failed);
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw Failures.asked(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.asked(what, e);
        }
    }

    @Override
    public void letPass(Duration time) {
        // it passes by itself
    }

    @Override
    public long nanos() {
        return lastNanos.updateAndGet(last -> Math.max(last + 1, environment.nowNanos()));
    }

    @Override
    public void close() {
        environment.execute(() -> end.complete(true));
        if (thread.await(END).isEmpty()) {
            thread.leave();
        }
        environment.close();
    }
}
