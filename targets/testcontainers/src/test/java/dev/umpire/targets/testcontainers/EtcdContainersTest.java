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

/** Whole runs on etcd in containers. */
@Timeout(240)
class EtcdContainersTest {
    private static final double RATE_PER_SECOND = 200;

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        StoresImage.required();
    }

    @Test
    void linearizableReadsKeepTheirPromiseUnderCutsAndCrashes() throws Exception {
        Run run = assertShows(
                Map.of("linearizable", Answer.VALID, "durability", Answer.VALID),
                plan("partition", "crash")
                        .set("configuration", "linearizable-reads")
                        .workload("register", Map.of("snapshot-percent", "0"))
                        .lasting(Duration.ofSeconds(10)));

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void serializableReadsAreStaleWhereTheMemberIsCutOff() throws Exception {
        assertShows(
                Map.of("read-your-writes", Answer.INVALID, "durability", Answer.VALID),
                plan("partition")
                        .set("reads", "serializable")
                        .set("at", "any")
                        .operationTimeout(Duration.ofMillis(300))
                        .hold(Duration.ofSeconds(1), Duration.ofMillis(1_500))
                        .lasting(Duration.ofSeconds(8)));
    }

    private static PlanBuilder plan(String... nemeses) {
        return PlanBuilder.real("etcd-containers")
                .nemesis(nemeses)
                .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                .rate(RATE_PER_SECOND);
    }

    private Run assertShows(Map<String, Answer> expected, PlanBuilder plan) throws Exception {
        return TestRun.assertShows(
                expected, plan, ContainerTarget.of("etcd-containers", new EtcdContainers(StoresImage.NAME)), folder);
    }
}
