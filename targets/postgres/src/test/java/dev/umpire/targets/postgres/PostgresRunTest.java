package dev.umpire.targets.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.histories.NemesisEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on real PostgreSQL. */
@Timeout(120)
class PostgresRunTest {

    private static final double RATE_PER_SECOND = 500;

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        PostgresServer.required();
    }

    @Test
    void aQuorumKeepsItsPromiseThroughFailovers() throws Exception {
        Run run = run(PlanBuilder.real("postgres")
                .set("configuration", "quorum")
                .nemesis("failover")
                .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                .hold(Duration.ofMillis(300), Duration.ofMillis(600))
                .guarantees("read-your-writes", "durability")
                .operationTimeout(Duration.ofMillis(500))
                .rate(RATE_PER_SECOND)
                .lasting(Duration.ofSeconds(4)));

        assertThat(run.missing()).isEmpty();
        assertThat(run.troubles()).isEmpty();
        assertThat(run.history().nemesisEvents())
                .extracting(NemesisEvent::function)
                .contains("confirm", "gone");
        assertThat(answers(run))
                .containsEntry("read-your-writes", Answer.VALID)
                .containsEntry("durability", Answer.VALID);
    }

    @Test
    void anAsynchronousFailoverLosesAcknowledgedWritesAndDurabilitySaysSo() throws Exception {
        Run run = run(PlanBuilder.real("postgres")
                .nemesis("failover")
                .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                .hold(Duration.ofMillis(300), Duration.ofMillis(600))
                .guarantees("durability")
                .rate(RATE_PER_SECOND)
                .lasting(Duration.ofSeconds(4)));

        assertThat(run.missing()).isEmpty();
        assertThat(answers(run)).containsEntry("durability", Answer.INVALID);
    }

    @Test
    void standbysShowStaleReadsAfterOwnWritesButNeverAnEffectBeforeItsCause() throws Exception {
        Run run = run(PlanBuilder.real("postgres")
                .set("configuration", "standby-reads")
                .nemesis("partition")
                .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                .guarantees("read-your-writes", "consistent-prefix", "durability")
                .rate(RATE_PER_SECOND)
                .lasting(Duration.ofSeconds(4)));

        assertThat(run.missing()).isEmpty();
        assertThat(answers(run))
                .containsEntry("read-your-writes", Answer.INVALID)
                .containsEntry("consistent-prefix", Answer.VALID)
                .containsEntry("durability", Answer.VALID);
        Verdict broken = run.judged().stream()
                .map(one -> one.verdict())
                .filter(verdict -> verdict.guarantee().equals("read-your-writes"))
                .findFirst()
                .orElseThrow();
        assertThat(broken.anomalies()).isNotEmpty();
    }

    @Test
    void whatTheTargetCannotDoIsRefusedBeforeAnythingIsStarted() {
        assertThatThrownBy(() -> run(PlanBuilder.real("postgres")
                        .nemesis("clock")
                        .guarantees("durability")
                        .lasting(Duration.ofSeconds(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nemesis: found clock");
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void whatAKilledHarnessLeftIsGoneAfterTheNextOneBegins() throws Exception {
        Path state = folder.resolve("state");
        ProcessBuilder builder = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedRun.class.getName(),
                Files.createDirectory(folder.resolve("doomed")).toString());
        builder.environment().put("UMPIRE_STATE_HOME", state.toString());
        Process harness = builder.redirectError(folder.resolve("err").toFile()).start();
        List<ProcessHandle> servers;
        try {
            assertThat(harness.inputReader().readLine())
                    .as("%s", folder.resolve("err"))
                    .isEqualTo("running");
            servers = harness.children().toList();
            assertThat(servers).hasSize(3).allMatch(PostgresRunTest::isPostgres);
        } finally {
            harness.destroyForcibly().waitFor();
        }

        assertThat(servers).as("survive their harness").allMatch(PostgresRunTest::isPostgres);
        List<ProcessHandle> backends =
                servers.stream().flatMap(ProcessHandle::descendants).toList();
        try (Launcher next = Launcher.open(state)) {
            assertThat(next.undone()).hasSize(2).first().asString().startsWith("stopped 3 processes (n1 ");
        }
        assertThat(servers).noneMatch(PostgresRunTest::isPostgres);
        // the last of them end by themselves, when they find that their server has
        Awaitility.await("backends")
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> backends.stream().noneMatch(PostgresRunTest::isPostgres));
    }

    /** A process that is dead has no command. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().orElse("").contains("postgres");
    }

    /** A run that says when it has begun and would last for a minute. */
    static final class DoomedRun {
        public static void main(String[] arguments) throws Exception {
            RunListener listener = new RunListener() {
                @Override
                public void phase(String name) {
                    if (name.equals("running")) {
                        System.out.println(name);
                    }
                }
            };
            Plan plan = PlanBuilder.real("postgres")
                    .nemesis("pause")
                    .guarantees("read-your-writes")
                    .lasting(Duration.ofMinutes(1))
                    .build();
            Runner.run(plan, new PostgresTarget(), listener, Path.of(arguments[0]));
        }
    }

    private Run run(PlanBuilder plan) throws Exception {
        return Runner.run(
                plan.build(), new PostgresTarget(), RunListener.SILENT, Files.createTempDirectory(folder, "run"));
    }

    private static Map<String, Answer> answers(Run run) {
        Map<String, Answer> answers = new TreeMap<>();
        run.judged()
                .forEach(one ->
                        answers.put(one.verdict().guarantee(), one.verdict().answer()));
        return answers;
    }
}
