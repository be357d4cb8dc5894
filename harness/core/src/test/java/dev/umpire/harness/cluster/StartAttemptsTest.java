package dev.umpire.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartAttemptsTest {

    @TempDir
    Path state;

    private final RealEnvironment environment = new RealEnvironment(new KeyedRandom(1));
    private final List<Path> taken = new ArrayList<>();

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void aPortThatIsTakenIsTriedThreeTimesAndEachTryGivesBackWhatItTook() throws IOException {
        assertThatThrownBy(() -> start("bind: port taken")).hasMessageContaining("port taken");

        assertThat(taken).hasSize(3).allSatisfy(folder -> assertThat(folder).doesNotExist());
    }

    @Test
    void anotherFailureIsNotTriedAgain() {
        assertThatThrownBy(() -> start("no such option")).hasMessageContaining("no such option");

        assertThat(taken).hasSize(1).allSatisfy(folder -> assertThat(folder).doesNotExist());
    }

    private void start(String failure) throws IOException {
        try (Launcher launcher = Launcher.open(state)) {
            Path kept = launcher.newFolder("of another cluster");
            try {
                environment.await(
                        "start",
                        StartAttempts.start(
                                environment,
                                "port taken",
                                () -> new Holdings(launcher),
                                holdings -> failing(holdings, failure)));
            } finally {
                assertThat(kept).exists();
            }
        }
    }

    private CompletionStage<Cluster> failing(Holdings holdings, String failure) {
        return environment.blocking("launcher", () -> {
            Path folder = holdings.folder("n1");
            assertThat(folder).exists();
            taken.add(folder);
            throw new IOException(failure);
        });
    }
}
