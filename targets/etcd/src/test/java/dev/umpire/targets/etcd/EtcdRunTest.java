package dev.umpire.targets.etcd;

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

/** Whole runs on real etcd. */
@Timeout(240)
class EtcdRunTest {

    private static final double RATE_PER_SECOND = 300;

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        InstalledStore.required("etcd", launcher -> launcher.program("etcd", "etcd-server"));
    }

    @Test
    void linearizableReadsKeepTheirPromiseUnderCutsCrashesAndPauses() throws Exception {
        Run run = assertShows(
                Map.of("linearizable", Answer.VALID, "durability", Answer.VALID),
                PlanBuilder.real("etcd")
                        .set("configuration", "linearizable-reads")
                        // one object of all keys that snapshots join is more than can be decided on every machine
                        .workload("register", Map.of("snapshot-percent", "0"))
                        .nemesis("partition", "crash", "pause")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .rate(RATE_PER_SECOND)
                        .lasting(Duration.ofSeconds(8)));

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void serializableReadsAreStaleWhereASessionMovesToAMemberThatIsCutOff() throws Exception {
        assertShows(
                Map.of(
                        "read-your-writes",
                        Answer.INVALID,
                        "monotonic-reads",
                        Answer.INVALID,
                        "consistent-prefix",
                        Answer.VALID,
                        "durability",
                        Answer.VALID),
                PlanBuilder.real("etcd")
                        .set("reads", "serializable")
                        .set("at", "any")
                        .nemesis("partition")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(1_000), Duration.ofMillis(1_500))
                        .operationTimeout(Duration.ofMillis(300))
                        .rate(RATE_PER_SECOND)
                        .lasting(Duration.ofSeconds(6)));
    }

    @Test
    void whatAKilledHarnessLeftIsGoneAfterTheNextOneBegins() throws Exception {
        KilledHarness.assertTheNextOneUndoesAll("etcd", "etcd", folder);
    }

    private Run assertShows(Map<String, Answer> expected, PlanBuilder plan) throws Exception {
        return TestRun.assertShows(expected, plan, new EtcdTarget(), folder);
    }
}
