package dev.umpire.targets.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.launcher.Launcher;
import dev.umpire.targets.testing.KilledHarness;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A harness, in a process of its own, that is killed while its containers run. Whoever opens the engine would remove them too early. */
@Isolated
@Timeout(120)
class KilledHarnessTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        StoresImage.required();
    }

    @Test
    void theNextOneRemovesItsContainersAndItsNetwork() throws Exception {
        Path state = folder.resolve("state");
        // whose reaper would be quicker than the next harness
        Process harness =
                KilledHarness.running(Doomed.class, folder, state, Map.of("TESTCONTAINERS_RYUK_DISABLED", "true"));
        try {
            assertThat(Left.containers()).hasSize(3);
            Engine.open();
            assertThat(Left.containers()).as("of one that runs").hasSize(3);
        } finally {
            harness.destroyForcibly().waitFor();
        }
        assertThat(Left.containers()).as("survive their harness").hasSize(3);
        assertThat(Left.networks()).hasSize(1);

        Engine.open();

        assertThat(Left.containers()).isEmpty();
        assertThat(Left.networks()).isEmpty();
        Launcher.open(state).close(); // its folder
    }

    @Test
    void itsJournalIsEnoughToRemoveThem() throws Exception {
        Path state = folder.resolve("state");
        Process harness =
                KilledHarness.running(Doomed.class, folder, state, Map.of("TESTCONTAINERS_RYUK_DISABLED", "true"));
        harness.destroyForcibly().waitFor();
        assertThat(Left.containers()).hasSize(3);

        try (Launcher next = Launcher.open(state)) {
            assertThat(next.undone())
                    .anySatisfy(sentence -> assertThat(sentence).startsWith("ran 'the removal of containers' "));
        }

        assertThat(Left.containers()).isEmpty();
        assertThat(Left.networks()).isEmpty();
    }

    /** A harness with three containers. */
    static final class Doomed {
        private Doomed() {}

        public static void main(String[] arguments) throws Exception {
            KilledHarness.runUntilKilled(
                    ContainerTarget.of("doomed", new RedisContainers(StoresImage.NAME)), arguments[0]);
        }
    }
}
