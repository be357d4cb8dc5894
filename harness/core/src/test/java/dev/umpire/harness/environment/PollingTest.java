package dev.umpire.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PollingTest {

    private final SimulatedEnvironment environment = new SimulatedEnvironment(new KeyedRandom(1));
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void asksUntilTheAnswerIsWhatWasAwaited() {
        environment.await("third answer", polled(() -> seen(asked.incrementAndGet() == 3)));

        assertThat(asked).hasValue(3);
    }

    @Test
    void givesUpAtItsBoundAndSaysWhatItSawLast() {
        assertThatThrownBy(() -> environment.await("nothing", polled(() -> seen(false))))
                .hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("a yes: not within 1000 ms; last seen: no");
    }

    @Test
    void aLaterQuestionThatThrowsEndsTheWaitingAndNotTheLoop() {
        CompletableFuture<Void> end = polled(() -> {
                    if (asked.incrementAndGet() == 2) {
                        throw new IllegalStateException("it ended");
                    }
                    return seen(false);
                })
                .toCompletableFuture();

        environment.await("its end", end.exceptionally(failure -> null));

        assertThatThrownBy(end::join).hasRootCauseMessage("it ended");
    }

    private CompletionStage<Void> polled(Supplier<CompletionStage<Polling.Seen>> question) {
        return Polling.until(environment, "a yes", TimeUnit.SECONDS.toNanos(1), question);
    }

    private static CompletionStage<Polling.Seen> seen(boolean reached) {
        return CompletableFuture.completedStage(new Polling.Seen(reached, reached ? "yes" : "no"));
    }
}
