package dev.umpire.targets.testcontainers;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.targets.testing.TestRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on ZooKeeper in containers. */
@Timeout(240)
class ZooKeeperContainersTest {
    /** So that each election ends before the next fault: a leader in vain shows what was never agreed on. */
    private static final Duration UNTIL_ELECTED = Duration.ofMillis(2_500);

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        StoresImage.required();
    }

    @Test
    void readsAfterWritesAreLinearizableWhereServersAreKilledPausedAndOffTheNetwork() throws Exception {
        Run run = assertShows(
                Map.of("linearizable", Answer.VALID, "durability", Answer.VALID),
                plan("reads-after-writes")
                        .workload("cas-register", Map.of())
                        .nemesis("crash", "pause", "disconnect")
                        .gap(UNTIL_ELECTED, UNTIL_ELECTED.plusMillis(500))
                        .lasting(Duration.ofSeconds(10)));

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void localReadsAtAnyServerAreStaleWhereOneIsCutOff() throws Exception {
        Run run = assertShows(
                Map.of(
                        "read-your-writes", Answer.INVALID,
                        "consistent-prefix", Answer.VALID,
                        "durability", Answer.VALID),
                plan("local-reads")
                        .nemesis("partition")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .lasting(Duration.ofSeconds(6)));

        TestRun.assertFaultsCameAndWent(run);
    }

    private static PlanBuilder plan(String configuration) {
        return PlanBuilder.real("zookeeper-containers")
                .set("configuration", configuration)
                .hold(Duration.ofMillis(1_000), Duration.ofMillis(1_500))
                .rate(200);
    }

    private Run assertShows(Map<String, Answer> expected, PlanBuilder plan) throws Exception {
        return TestRun.assertShows(
                expected,
                plan,
                ContainerTarget.of("zookeeper-containers", new ZooKeeperContainers(StoresImage.NAME)),
                folder);
    }
}
