package dev.umpire.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.target.Cluster;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartAttemptsTest {

    private final RealEnvironment environment = new RealEnvironment(new KeyedRandom(1));
    private final AtomicInteger run = new AtomicInteger();
    private final AtomicInteger undone = new AtomicInteger();

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void aPortThatIsTakenIsTriedThreeTimesAndUndoneThreeTimes() {
        assertThatThrownBy(() -> start("bind: port taken")).hasMessageContaining("port taken");

        assertThat(run).hasValue(3);
        assertThat(undone).hasValue(3);
    }

    @Test
    void anotherFailureIsUndoneAndNotTriedAgain() {
        assertThatThrownBy(() -> start("no such option")).hasMessageContaining("no such option");

        assertThat(run).hasValue(1);
        assertThat(undone).hasValue(1);
    }

    private Cluster start(String failure) {
        return environment.await("start", StartAttempts.start(environment, "port taken", () -> failing(failure)));
    }

    private StartAttempts.Attempt failing(String message) {
        return new StartAttempts.Attempt() {
            @Override
            public CompletionStage<Cluster> run() {
                run.incrementAndGet();
                return CompletableFuture.failedStage(new IOException(message));
            }

            @Override
            public void undo() {
                undone.incrementAndGet();
            }
        };
    }
}
