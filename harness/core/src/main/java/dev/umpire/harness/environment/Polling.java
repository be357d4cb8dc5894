package dev.umpire.harness.environment;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Asks again and again, never longer than a bound. */
public final class Polling {

    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Polling() {}

    /**
     * What an answer says.
     *
     * @param reached whether it is what was awaited
     * @param lastSeen for people
     */
    public record Seen(boolean reached, String lastSeen) {}

    /**
     * Completes when an answer is what was awaited; with a {@link TimeoutException} when there is none in time, and
     * exceptionally when a question is, or throws. Called on the loop, which asks.
     *
     * @param awaited what is awaited, for people
     * @param boundNanos of all questions together; one that is under way then is still heard
     */
    public static CompletionStage<Void> until(
            Environment environment, String awaited, long boundNanos, Supplier<CompletionStage<Seen>> question) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        within(environment, boundNanos, question).whenComplete((seen, failure) -> {
            if (failure != null) {
                end.completeExceptionally(failure);
            } else if (seen.reached()) {
                end.complete(null);
            } else {
                end.completeExceptionally(new TimeoutException(awaited + ": not within "
                        + TimeUnit.NANOSECONDS.toMillis(boundNanos) + " ms; last seen: " + seen.lastSeen()));
            }
        });
        return end;
    }

    /**
     * Completes with the first answer that is what was awaited, else with the last one in time; exceptionally when a question
     * is, or throws. Called on the loop, which asks.
     *
     * @param boundNanos of all questions together; one that is under way then is still heard
     */
    public static CompletionStage<Seen> within(
            Environment environment, long boundNanos, Supplier<CompletionStage<Seen>> question) {
        CompletableFuture<Seen> end = new CompletableFuture<>();
        ask(environment, environment.nowNanos() + boundNanos, question, end);
        return end;
    }

    private static void ask(
            Environment environment,
            long deadlineNanos,
            Supplier<CompletionStage<Seen>> question,
            CompletableFuture<Seen> end) {
        CompletionStage<Seen> asked;
        try {
            asked = question.get();
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
            return;
        }
        asked.whenComplete((seen, failure) -> {
            if (failure != null) {
                end.completeExceptionally(failure);
            } else if (seen.reached() || environment.nowNanos() > deadlineNanos) {
                end.complete(seen);
            } else {
                environment.schedule(BETWEEN_NANOS, () -> ask(environment, deadlineNanos, question, end));
            }
        });
    }
}
