package dev.umpire.targets.zookeeper;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.targets.testing.KilledHarness;
import dev.umpire.targets.testing.TestRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on real ZooKeeper. */
@Timeout(240)
class ZooKeeperRunTest {
    /** So that each election ends before the next fault: a leader in vain shows what was never agreed on (README, Measured). */
    private static final Duration UNTIL_ELECTED = Duration.ofMillis(2_500);

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        ZooKeeperServer.required();
    }

    @Test
    void readsAfterWritesAreLinearizableWhereServersArePaused() throws Exception {
        assertKept(
                Map.of("linearizable", Answer.VALID, "durability", Answer.VALID),
                plan("reads-after-writes")
                        .workload("cas-register", Map.of())
                        .nemesis("pause")
                        .gap(UNTIL_ELECTED, UNTIL_ELECTED.plusMillis(500))
                        .lasting(Duration.ofSeconds(10)));
    }

    @Test
    void localReadsAtOneServerAreSequentialWhereServersAreKilled() throws Exception {
        assertKept(
                Map.of("sequential", Answer.VALID, "durability", Answer.VALID),
                plan("one-server")
                        .nemesis("crash")
                        .gap(UNTIL_ELECTED, UNTIL_ELECTED.plusMillis(500))
                        .lasting(Duration.ofSeconds(10)));
    }

    private void assertKept(Map<String, Answer> expected, PlanBuilder plan) throws Exception {
        Run run = TestRun.assertShows(expected, plan, new ZooKeeperTarget(), folder);
        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void localReadsAtAnyServerAreStaleWhereOneIsCutOff() throws Exception {
        TestRun.assertShows(
                Map.of(
                        "read-your-writes", Answer.INVALID,
                        "consistent-prefix", Answer.VALID,
                        "durability", Answer.VALID),
                plan("local-reads").nemesis("partition"),
                new ZooKeeperTarget(),
                folder);
    }

    @Test
    void whatAKilledHarnessLeftIsGoneAfterTheNextOneBegins() throws Exception {
        KilledHarness.assertTheNextOneUndoesAll("zookeeper", "java", folder);
    }

    private static PlanBuilder plan(String configuration) {
        return PlanBuilder.real("zookeeper")
                .set("configuration", configuration)
                .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                .hold(Duration.ofMillis(1_000), Duration.ofMillis(1_500))
                .rate(300)
                .lasting(Duration.ofSeconds(8));
    }
}
