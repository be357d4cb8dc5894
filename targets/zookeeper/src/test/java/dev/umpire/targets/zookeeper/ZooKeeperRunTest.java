package dev.umpire.targets.zookeeper;

import static dev.umpire.targets.testing.TestRun.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.NemesisEvent;
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
@Timeout(120)
class ZooKeeperRunTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        ZooKeeperServer.required();
    }

    @Test
    void readsAfterWritesAreLinearizableWhereServersAreCutOffAndPaused() throws Exception {
        Run run = run(plan("reads-after-writes")
                .workload("cas-register", Map.of())
                .nemesis("partition", "pause")
                .guarantees("linearizable", "durability"));

        assertKept(run, "linearizable", "durability");
    }

    @Test
    void localReadsAtOneServerAreSequentialWhereServersAreKilled() throws Exception {
        Run run = run(plan("one-server").nemesis("crash").guarantees("sequential", "durability"));

        assertKept(run, "sequential", "durability");
    }

    private static void assertKept(Run run, String... guarantees) {
        assertThat(run.missing()).isEmpty();
        assertThat(run.troubles()).isEmpty();
        assertThat(run.history().nemesisEvents())
                .extracting(NemesisEvent::function)
                .contains("confirm", "gone");
        assertThat(guarantees).allSatisfy(one -> assertThat(answers(run)).containsEntry(one, Answer.VALID));
    }

    @Test
    void localReadsAtAnyServerAreStaleWhereOneIsCutOff() throws Exception {
        Run run = run(plan("local-reads")
                .nemesis("partition")
                .guarantees("read-your-writes", "consistent-prefix", "durability"));

        assertThat(run.missing()).isEmpty();
        assertThat(answers(run))
                .containsEntry("read-your-writes", Answer.INVALID)
                .containsEntry("consistent-prefix", Answer.VALID)
                .containsEntry("durability", Answer.VALID);
        assertThat(run.judged())
                .filteredOn(one -> one.verdict().answer() == Answer.INVALID)
                .allSatisfy(one -> assertThat(one.verdict().anomalies()).isNotEmpty());
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
                .lasting(Duration.ofSeconds(12));
    }

    private Run run(PlanBuilder plan) throws Exception {
        return TestRun.run(plan, new ZooKeeperTarget(), folder);
    }
}
