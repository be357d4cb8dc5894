package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.launcher.FolderTree;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.targets.testing.InstalledStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The command, with containers in the place of processes. */
@Timeout(120)
class NodesInContainersTest {

    /** Made by {@code targets/testcontainers/src/test/docker/image}. */
    static final String IMAGE = "umpire-test-stores:1";

    private static final String LABEL = "dev.umpire.launcher";
    private static final int NODES = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final List<String> IN_CONTAINERS = List.of(
            "run",
            "redis",
            "--set",
            "launcher=docker",
            "--set",
            "image=" + IMAGE,
            "--set",
            "configuration=primary-reads",
            "--guarantees",
            "promise",
            "--gap",
            "300ms..600ms",
            "--hold",
            "400ms..800ms",
            "--rate",
            "300");

    private Path folder = Path.of("");

    @BeforeAll
    static void required() {
        InstalledStore.required(
                "docker",
                unused -> Launcher.openAfter(Launcher.Undone.NOTHING, Optional.of(IMAGE))
                        .close());
    }

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("umpire-containers").toRealPath();
    }

    @AfterEach
    void healAndDeleteFolder() throws Exception {
        if (!containers().isEmpty()) {
            UmpireProcess.Ended unused = umpire(List.of("heal"));
        }
        FolderTree.delete(folder);
    }

    @Test
    void theSameStoreKeepsItsPromiseUnderFaultsAndNoContainerIsLeftOfItNorOfOneThatWasKilled() throws Exception {
        killARun();

        UmpireProcess.Ended run = umpire(with("--nemesis", "crash,pause,partition", "--time", "6s"));

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .containsPattern("target +redis " + IMAGE + " ")
                .containsPattern("crash \\d+ × \\(at most .*confirmed")
                .containsPattern("pause \\d+ × \\(at most .*confirmed")
                .containsPattern("partition \\d+ × \\(at most .*confirmed")
                .contains("--set image=" + IMAGE + " --set launcher=docker");
        assertThat(run.out() + run.err()).contains("ran 'the removal of containers' for the harness that was killed");
        assertThat(containers()).isEmpty();
    }

    /** Leaves the containers of its nodes. */
    private void killARun() throws Exception {
        Path log = folder.resolve("log");
        Process run = new ProcessBuilder(UmpireProcess.command(
                        List.of("env", state()),
                        List.of(),
                        with("--time", "60s").toArray(String[]::new)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await("containers of the nodes")
                    .atMost(LIMIT)
                    .until(() -> !run.isAlive() || containers().size() >= NODES);
        } finally {
            run.destroyForcibly().waitFor();
        }
        assertThat(containers())
                .as("survive their harness, which said %s", Files.readString(log))
                .hasSize(NODES);
    }

    @Test
    @EnabledIfSystemProperty(named = "umpire.long", matches = "true", disabledReason = "asked for by the profile long")
    void aMissingImageAndAMissingProgramAreSaid() throws Exception {
        UmpireProcess.Ended image = umpire(
                List.of("run", "redis", "--set", "launcher=docker", "--set", "image=no-such-image:1", "--time", "1s"));
        assertThat(image.code()).isEqualTo(2);
        assertThat(image.err())
                .contains(
                        "image: found no image no-such-image:1 in the engine of this machine, expected one: docker pull");

        UmpireProcess.Ended program = umpire(with("--set", "home=no-such-server", "--time", "1s"));
        assertThat(program.code()).isEqualTo(2);
        assertThat(program.err())
                .contains("no-such-server: not found in the image " + IMAGE
                        + ", expected the program; on Debian: apt-get install redis-server");
        assertThat(containers()).isEmpty();
    }

    private static List<String> with(String... more) {
        List<String> arguments = new ArrayList<>(IN_CONTAINERS);
        arguments.addAll(List.of(more));
        return arguments;
    }

    private UmpireProcess.Ended umpire(List<String> arguments) throws Exception {
        return UmpireProcess.run(List.of("env", state()), folder, List.of(), arguments.toArray(String[]::new));
    }

    private String state() {
        return "UMPIRE_STATE_HOME=" + folder.resolve("state");
    }

    private static List<String> containers() throws Exception {
        Process asked = new ProcessBuilder("docker", "ps", "--all", "--quiet", "--filter", "label=" + LABEL).start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(asked.waitFor()).isZero();
        return said.lines().toList();
    }
}
