package dev.umpire.targets.redis;

import static dev.umpire.targets.testing.TestRun.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.Load;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.report.Latencies;
import dev.umpire.harness.report.Unserved;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import dev.umpire.histories.NemesisEvent;
import dev.umpire.histories.Outcome;
import dev.umpire.targets.testing.InstalledStore;
import dev.umpire.targets.testing.KilledHarness;
import dev.umpire.targets.testing.TestRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on real Redis. */
@Timeout(240)
class RedisRunTest {

    private static final double RATE_PER_SECOND = 1_000;

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        InstalledStore.required("redis", launcher -> launcher.program("redis-server", "redis-server"));
    }

    @Test
    void readsAtThePrimaryAreNeverStaleEvenWhileItsReplicasAreCutOff() throws Exception {
        Run run = assertShows(
                Map.of("read-your-writes", Answer.VALID, "monotonic-reads", Answer.VALID),
                PlanBuilder.real("redis")
                        .set("reads", "leader")
                        .nemesis("partition")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .rate(RATE_PER_SECOND)
                        .lasting(Duration.ofSeconds(4)));

        assertThat(Staleness.of(run.history()).staleReads()).isEmpty();
    }

    @Test
    void aCutMakesReadsAtReplicasOlderThanReplicationLagEverDoes() throws Exception {
        PlanBuilder plan = PlanBuilder.real("redis")
                .set("reads", "any-follower")
                .guarantees("read-your-writes", "monotonic-reads")
                .rate(RATE_PER_SECOND);
        Run healthy = run(plan.lasting(Duration.ofSeconds(4)));
        Run cut = assertShows(
                Map.of("read-your-writes", Answer.INVALID),
                plan.nemesis("partition")
                        .gap(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .hold(Duration.ofSeconds(2), Duration.ofSeconds(3))
                        .lasting(Duration.ofSeconds(8)));

        Staleness lag = Staleness.of(healthy.history());
        Staleness stale = Staleness.of(cut.history());
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
    void lossThrottlesAndResetsOfLinksAreSeenToComeAndToGoAndBreakNoPromise() throws Exception {
        Run run = assertShows(
                Map.of("consistent-prefix", Answer.VALID, "durability", Answer.VALID),
                PlanBuilder.real("redis")
                        .set("configuration", "replica-reads")
                        .nemesis("loss", "throttle", "reset")
                        .gap(Duration.ofMillis(200), Duration.ofMillis(400))
                        .hold(Duration.ofMillis(300), Duration.ofMillis(600))
                        .rate(RATE_PER_SECOND)
                        .lasting(Duration.ofSeconds(6)));

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void aFailoverLosesAcknowledgedWritesAndDurabilitySaysSo() throws Exception {
        assertShows(
                Map.of("durability", Answer.INVALID),
                PlanBuilder.real("redis")
                        .nemesis("failover")
                        .gap(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .rate(RATE_PER_SECOND)
                        .lasting(Duration.ofSeconds(5)));
    }

    @Test
    void crashesAndPausesAreSeenToComeAndToGoAndLoseNothing() throws Exception {
        Run run = assertShows(
                Map.of("read-your-writes", Answer.VALID, "durability", Answer.VALID),
                PlanBuilder.real("redis")
                        .nemesis("crash", "pause")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(300), Duration.ofMillis(600))
                        .operationTimeout(Duration.ofMillis(300))
                        .rate(RATE_PER_SECOND)
                        .lasting(Duration.ofSeconds(5)));

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void aThousandSessionsAskAtTheTimesThatAnOpenLoopDraws() throws Exception {
        Run run = run(PlanBuilder.real("redis")
                .set("reads", "leader")
                .sessions(1_000)
                .load(Load.OPEN)
                .rate(1_500)
                .operationTimeout(Duration.ofSeconds(5))
                .guarantees("read-your-writes", "monotonic-reads")
                .lasting(Duration.ofSeconds(8)));

        History history = run.history();
        assertThat(run.missing()).isEmpty();
        assertThat(run.troubles()).isEmpty();
        assertThat(history.sessionCount()).isEqualTo(1_000);
        assertThat(IntStream.range(0, history.size()).filter(one -> history.outcome(one) != Outcome.OK))
                .as("operations that were not acknowledged")
                .isEmpty();
        assertThat(answers(run))
                .containsEntry("read-your-writes", Answer.VALID)
                .containsEntry("monotonic-reads", Answer.VALID);
        Latencies latencies = Latencies.of(run);
        long arrived = latencies.service().orElseThrow().count()
                + latencies.unserved().map(Unserved::requests).orElse(0L);
        assertThat(arrived).as("of 12,000 on average").isBetween(11_400L, 12_600L);
        assertThat(latencies.response().orElseThrow().p50Nanos())
                .isGreaterThanOrEqualTo(latencies.service().orElseThrow().p50Nanos());
    }

    @Test
    void whatAKilledHarnessLeftIsGoneAfterTheNextOneBegins() throws Exception {
        KilledHarness.assertTheNextOneUndoesAll("redis", "redis", folder);
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

    private Run run(PlanBuilder plan) throws Exception {
        return TestRun.run(plan, new RedisTarget(), folder);
    }

    private Run assertShows(Map<String, Answer> expected, PlanBuilder plan) throws Exception {
        return TestRun.assertShows(expected, plan, new RedisTarget(), folder);
    }
}
