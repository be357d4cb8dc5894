package dev.umpire.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 23, 13, 31, 2);

    @TempDir
    private Path folder;

    private RunStore store;

    @BeforeEach
    void choose() {
        store = new RunStore(folder.resolve("runs"));
    }

    @Test
    void aRunIsNamedAfterItsTimeItsTargetAndItsSeed() throws IOException {
        Path run = store.newRun(TIME, "simulated", 7);

        assertThat(run).isEmptyDirectory().hasFileName("2026-11-23T13.31.02-simulated-7");
        assertThat(Files.readSymbolicLink(store.latest())).hasToString("2026-11-23T13.31.02-simulated-7");
    }

    @Test
    void aSecondRunOfTheSameSecondDoesNotTouchTheFirstAndIsTheLatest() throws IOException {
        Files.writeString(store.newRun(TIME, "simulated", 7).resolve("plan.json"), "{}");

        Path second = store.newRun(TIME, "simulated", 7);

        assertThat(second).isEmptyDirectory().hasFileName("2026-11-23T13.31.02-simulated-7-2");
        assertThat(store.latest().toRealPath()).isEqualTo(second.toRealPath());
    }

    @Test
    void aFolderOfSomebodysOwnCalledLatestStays() throws IOException {
        Files.createDirectories(store.latest());

        store.newRun(TIME, "simulated", 7);

        assertThat(Files.isSymbolicLink(store.latest())).isFalse();
    }
}
