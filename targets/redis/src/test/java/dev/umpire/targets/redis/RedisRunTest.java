package dev.umpire.targets.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on real Redis. */
@Timeout(120)
class RedisRunTest {

    private static final double RATE_PER_SECOND = 1_000;

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        RedisServer.required();
    }

    @Test
    void readsAtThePrimaryAreNeverStaleEvenWhileItsReplicasAreCutOff() throws Exception {
        Run run = run(PlanBuilder.real("redis")
                .set("reads", "leader")
                .nemesis("partition")
                .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                .guarantees("read-your-writes", "monotonic-reads")
                .rate(RATE_PER_SECOND)
                .lasting(Duration.ofSeconds(4)));

        assertThat(run.missing()).isEmpty();
        assertThat(run.troubles()).isEmpty();
        assertThat(answers(run))
                .containsEntry("read-your-writes", Answer.VALID)
                .containsEntry("monotonic-reads", Answer.VALID);
        assertThat(Staleness.of(run.history()).staleReads()).isEmpty();
    }

    @Test
    void aCutMakesReadsAtReplicasOlderThanReplicationLagEverDoes() throws Exception {
        PlanBuilder plan = PlanBuilder.real("redis")
                .set("reads", "any-follower")
                .guarantees("read-your-writes", "monotonic-reads")
                .rate(RATE_PER_SECOND);
        Run healthy = run(plan.lasting(Duration.ofSeconds(4)));
        Run cut = run(plan.nemesis("partition")
                .gap(Duration.ofMillis(500), Duration.ofMillis(1_000))
                .hold(Duration.ofSeconds(2), Duration.ofSeconds(3))
                .lasting(Duration.ofSeconds(8)));

        Staleness lag = Staleness.of(healthy.history());
        Staleness stale = Staleness.of(cut.history());
        assertThat(cut.missing()).isEmpty();
        assertThat(answers(cut)).containsEntry("read-your-writes", Answer.INVALID);
        List<Cut> cuts = cuts(cut);
        // an age below a tenth of a millisecond says nothing on a busy machine
        long bound = 10 * Math.max(lag.quantileNanos(0.99), 100_000);
        assertThat(stale.staleReads().stream()
                        .filter(read -> read.ageNanos() > bound)
                        .filter(read -> cuts.stream().anyMatch(one -> one.covers(read.invokedNanos()))))
                .as(
                        "reads older than %d ns within %d cuts; p99 without faults %d ns, oldest with cuts %d ns",
                        bound, cuts.size(), lag.quantileNanos(0.99), stale.mostNanos())
                .isNotEmpty();
    }

    @Test
    void aFailoverLosesAcknowledgedWritesAndDurabilitySaysSo() throws Exception {
        Run run = run(PlanBuilder.real("redis")
                .nemesis("failover")
                .gap(Duration.ofMillis(500), Duration.ofMillis(1_000))
                .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                .guarantees("durability")
                .rate(RATE_PER_SECOND)
                .lasting(Duration.ofSeconds(5)));

        assertThat(run.missing()).isEmpty();
        assertThat(answers(run)).containsEntry("durability", Answer.INVALID);
    }

    @Test
    void crashesAndPausesAreSeenToComeAndToGoAndLoseNothing() throws Exception {
        Run run = run(PlanBuilder.real("redis")
                .nemesis("crash", "pause")
                .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                .hold(Duration.ofMillis(300), Duration.ofMillis(600))
                .guarantees("read-your-writes", "durability")
                .operationTimeout(Duration.ofMillis(300))
                .rate(RATE_PER_SECOND)
                .lasting(Duration.ofSeconds(5)));

        assertThat(run.missing()).isEmpty();
        assertThat(run.history().nemesisEvents())
                .extracting(NemesisEvent::function)
                .contains("confirm", "gone");
        assertThat(answers(run))
                .containsEntry("read-your-writes", Answer.VALID)
                .containsEntry("durability", Answer.VALID);
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
            servers = harness.descendants().filter(RedisRunTest::isRedis).toList();
            assertThat(servers).hasSize(3);
        } finally {
            harness.destroyForcibly().waitFor();
        }

        assertThat(servers).as("survive their harness").allMatch(RedisRunTest::isRedis);
        try (Launcher next = Launcher.open(state)) {
            assertThat(next.undone()).hasSize(2).first().asString().startsWith("stopped 3 processes (n1 ");
        }
        assertThat(servers).noneMatch(RedisRunTest::isRedis);
    }

    /** Debian's redis-server is a link to redis-check-rdb; a process that is dead has no command. */
    private static boolean isRedis(ProcessHandle process) {
        return process.info().command().orElse("").contains("redis");
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
            Plan plan = PlanBuilder.real("redis")
                    .nemesis("pause")
                    .guarantees("read-your-writes")
                    .lasting(Duration.ofMinutes(1))
                    .build();
            Runner.run(plan, new RedisTarget(), listener, Path.of(arguments[0]));
        }
    }

    private Run run(PlanBuilder plan) throws Exception {
        return Runner.run(
                plan.build(), new RedisTarget(), RunListener.SILENT, Files.createTempDirectory(folder, "run"));
    }

    private static Map<String, Answer> answers(Run run) {
        Map<String, Answer> answers = new TreeMap<>();
        run.judged()
                .forEach(one ->
                        answers.put(one.verdict().guarantee(), one.verdict().answer()));
        return answers;
    }

    /** A cut from its confirmation to its healing. */
    private record Cut(long fromNanos, long toNanos) {
        boolean covers(long nanos) {
            return fromNanos < nanos && nanos < toNanos;
        }
    }

    private static List<Cut> cuts(Run run) {
        List<Cut> cuts = new ArrayList<>();
        long since = -1;
        for (NemesisEvent event : run.history().nemesisEvents()) {
            if (event.function().equals("confirm")) {
                since = event.nanos().orElseThrow();
            } else if (event.function().equals("heal") && since >= 0) {
                cuts.add(new Cut(since, event.nanos().orElseThrow()));
                since = -1;
            }
        }
        return cuts;
    }
}
