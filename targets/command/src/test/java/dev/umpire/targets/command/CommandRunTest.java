package dev.umpire.targets.command;

import static dev.umpire.targets.testing.TestRun.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.targets.testing.InstalledStore;
import dev.umpire.targets.testing.TestRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on the example: a replicated store in Python, started outside, and its client. */
@Timeout(120)
class CommandRunTest {
    private static final double RATE_PER_SECOND = 200;

    @TempDir
    Path folder;

    private final List<Process> stores = new ArrayList<>();
    private List<Integer> ports = List.of();

    @BeforeAll
    static void required() {
        InstalledStore.required("python", launcher -> launcher.program("python3", "python3"));
    }

    /** Where the example is, whichever folder of the project the tests run in. */
    static Path example(String file) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("targets/command/example"))) {
            folder = Objects.requireNonNull(folder.getParent(), "a folder of the project");
        }
        return folder.resolve("targets/command/example").resolve(file);
    }

    @BeforeEach
    void startTheStore() throws IOException {
        ports = freePorts();
        store(ports.get(1));
        store(ports.get(2));
        store(ports.get(0), ports.get(1), ports.get(2));
        ports.forEach(port -> Awaitility.await("port " + port)
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> {
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                }));
    }

    private void store(int port, int... backups) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("python3", example("store.py").toString(), "" + port));
        for (int backup : backups) {
            words.add("" + backup);
        }
        stores.add(new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("store-" + port + ".log").toFile())
                .start());
    }

    @AfterEach
    void stopTheStore() {
        stores.forEach(Process::destroyForcibly);
    }

    private static List<Integer> freePorts() throws IOException {
        try (ServerSocket one = loopback();
                ServerSocket two = loopback();
                ServerSocket three = loopback()) {
            return List.of(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
        }
    }

    private static ServerSocket loopback() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private PlanBuilder plan(String client) {
        return PlanBuilder.real("command")
                .set("client", "python3 '" + example("client.py") + "'" + client)
                .set(
                        "addresses",
                        ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")))
                .set("settle-ms", "500")
                .sessions(3)
                .operationTimeout(Duration.ofSeconds(20))
                .rate(RATE_PER_SECOND)
                .guarantees("read-your-writes", "monotonic-reads", "durability");
    }

    @Test
    void readsAtBackupsAreStaleAndReadsAtThePrimaryAreNot() throws Exception {
        Run anywhere = TestRun.run(plan("").operations(600), new CommandTarget(), folder);
        Run atThePrimary = TestRun.run(plan(" primary").operations(600), new CommandTarget(), folder);

        assertThat(anywhere.storeVersion()).contains("example 1.0");
        assertThat(answers(anywhere))
                .containsEntry("read-your-writes", Answer.INVALID)
                .containsEntry("durability", Answer.VALID);
        assertThat(answers(atThePrimary))
                .containsEntry("read-your-writes", Answer.VALID)
                .containsEntry("monotonic-reads", Answer.VALID)
                .containsEntry("durability", Answer.VALID);
        assertThat(atThePrimary.missing()).isEmpty();
        assertThat(atThePrimary.troubles()).isEmpty();
    }

    @Test
    void setsCountersAndLogsOfThePrimaryAreAsTheyWereAcknowledged() throws Exception {
        Run sets = grown("read,add", "set", "durability", "eventual");
        Run counters = grown("read,increment", "counter", "counter", "eventual");
        Run logs = grown("send,poll", "log", "log-order", "durability");

        assertThat(answers(sets)).containsEntry("durability", Answer.VALID).containsEntry("eventual", Answer.VALID);
        assertThat(answers(counters)).containsEntry("counter", Answer.VALID).containsEntry("eventual", Answer.VALID);
        assertThat(answers(logs)).containsEntry("log-order", Answer.VALID).containsEntry("durability", Answer.VALID);
    }

    private Run grown(String functions, String workload, String... guarantees) throws Exception {
        Run run = TestRun.run(
                plan(" primary")
                        .set("functions", functions)
                        .workload(workload, Map.of())
                        .guarantees(guarantees)
                        .operations(200),
                new CommandTarget(),
                folder);
        assertThat(run.missing()).isEmpty();
        assertThat(run.troubles()).isEmpty();
        return run;
    }

    @Test
    void pausesByOrdersOfTheUserAreSeenToComeAndToGo() throws Exception {
        for (int node = 0; node < ports.size(); node++) {
            // the store of n1 was started last
            Process process = stores.get(node == 0 ? 2 : node - 1);
            Files.writeString(folder.resolve("n" + (node + 1)), "" + process.pid());
        }
        Run run = TestRun.run(
                plan(" primary")
                        .set("order.pause", "kill -STOP $(cat '" + folder + "'/$UMPIRE_NODE)")
                        .set("order.resume", "kill -CONT $(cat '" + folder + "'/$UMPIRE_NODE)")
                        .nemesis("pause")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofSeconds(2), Duration.ofSeconds(3))
                        .guarantees("durability")
                        .lasting(Duration.ofSeconds(10)),
                new CommandTarget(),
                folder);

        assertThat(run.missing()).isEmpty();
        assertThat(run.troubles()).isEmpty();
        assertThat(answers(run)).containsEntry("durability", Answer.VALID);
        TestRun.assertFaultsCameAndWent(run);
    }
}
