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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Whole runs on Cassandra in containers. The starts of nodes take a minute and a small machine for themselves: others beside them are late. */
@EnabledIfSystemProperty(named = "umpire.long", matches = "true", disabledReason = "asked for by the profile long")
@Isolated
@Timeout(400)
class CassandraContainersTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        StoresImage.required();
    }

    @Test
    void aQuorumNeverGoesBackUnderFaults() throws Exception {
        Run run = assertShows(
                Map.of("read-your-writes", Answer.VALID, "monotonic-reads", Answer.VALID, "durability", Answer.VALID),
                PlanBuilder.real("cassandra-containers")
                        .set("configuration", "quorum")
                        .nemesis("partition", "pause", "disconnect")
                        .gap(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .hold(Duration.ofMillis(1_000), Duration.ofMillis(2_000))
                        .sessions(6)
                        .rate(40)
                        .lasting(Duration.ofSeconds(10)));

        TestRun.assertFaultsCameAndWent(run);
    }

    private Run assertShows(Map<String, Answer> expected, PlanBuilder plan) throws Exception {
        return TestRun.assertShows(
                expected,
                plan,
                ContainerTarget.of("cassandra-containers", new CassandraContainers(StoresImage.NAME)),
                folder);
    }
}
