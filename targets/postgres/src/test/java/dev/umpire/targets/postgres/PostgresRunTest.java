package dev.umpire.targets.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.targets.testing.InstalledStore;
import dev.umpire.targets.testing.KilledHarness;
import dev.umpire.targets.testing.TestRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on real PostgreSQL. */
@Timeout(240)
class PostgresRunTest {

    private static final double RATE_PER_SECOND = 500;

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        InstalledStore.required(
                "postgres", launcher -> Installation.find(launcher, "").program(launcher, "initdb"));
    }

    @Test
    void aQuorumKeepsItsPromiseThroughFailovers() throws Exception {
        Run run = assertShows(
                Map.of("read-your-writes", Answer.VALID, "durability", Answer.VALID),
                PlanBuilder.real("postgres")
                        .set("configuration", "quorum")
                        .nemesis("failover")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(300), Duration.ofMillis(600))
                        .operationTimeout(Duration.ofMillis(500))
                        .rate(RATE_PER_SECOND)
                        .lasting(Duration.ofSeconds(4)));

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void anAsynchronousFailoverLosesAcknowledgedWritesAndDurabilitySaysSo() throws Exception {
        assertShows(
                Map.of("durability", Answer.INVALID),
                PlanBuilder.real("postgres")
                        .nemesis("failover")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(300), Duration.ofMillis(600))
                        .rate(RATE_PER_SECOND)
                        .lasting(Duration.ofSeconds(4)));
    }

    @Test
    void standbysShowStaleReadsAfterOwnWritesButNeverAnEffectBeforeItsCause() throws Exception {
        assertShows(
                Map.of(
                        "read-your-writes", Answer.INVALID,
                        "consistent-prefix", Answer.VALID,
                        "durability", Answer.VALID),
                PlanBuilder.real("postgres")
                        .set("configuration", "standby-reads")
                        .nemesis("partition")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .rate(RATE_PER_SECOND)
                        .lasting(Duration.ofSeconds(4)));
    }

    @Test
    void noTransferIsSeenByHalvesAtAnyNode() throws Exception {
        assertShows(
                Map.of("conserved-total", Answer.VALID),
                PlanBuilder.real("postgres")
                        .set("reads", "any-follower")
                        .workload("bank", Map.of())
                        .rate(RATE_PER_SECOND)
                        .lasting(Duration.ofSeconds(2)));
    }

    @Test
    void whatTheTargetCannotDoIsRefusedBeforeAnythingIsStarted() {
        assertThatThrownBy(() -> run(PlanBuilder.real("postgres")
                        .nemesis("duplication")
                        .guarantees("durability")
                        .lasting(Duration.ofSeconds(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nemesis: found duplication");
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void whatAKilledHarnessLeftIsGoneAfterTheNextOneBegins() throws Exception {
        KilledHarness.assertTheNextOneUndoesAll("postgres", "postgres", folder);
    }

    private Run run(PlanBuilder plan) throws Exception {
        return TestRun.run(plan, new PostgresTarget(), folder);
    }

    private Run assertShows(Map<String, Answer> expected, PlanBuilder plan) throws Exception {
        return TestRun.assertShows(expected, plan, new PostgresTarget(), folder);
    }
}
