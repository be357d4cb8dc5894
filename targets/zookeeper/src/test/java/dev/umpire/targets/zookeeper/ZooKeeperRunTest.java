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
@Timeout(180)
class ZooKeeperRunTest {
    private static final int MOST_RUNS = 3;

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        ZooKeeperServer.required();
    }

    /** One fault at a time, so that each election ends: a leader in vain shows what was never agreed on (README, Measured). */
    @Test
    void readsAfterWritesAreLinearizableWhereServersArePaused() throws Exception {
        Run run = run(plan("reads-after-writes")
                .workload("cas-register", Map.of())
                .nemesis("pause")
                .gap(Duration.ofMillis(2_500), Duration.ofMillis(3_000))
                .lasting(Duration.ofSeconds(15))
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
        Run run = untilBroken(
                "read-your-writes",
                plan("local-reads")
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

    /** Again where a busy machine has shown nothing, as few operations are answered there. */
    private Run untilBroken(String guarantee, PlanBuilder plan) throws Exception {
        Run run = run(plan);
        for (int more = 0; more < MOST_RUNS - 1 && answers(run).get(guarantee) != Answer.INVALID; more++) {
            run = run(plan);
        }
        return run;
    }

    private Run run(PlanBuilder plan) throws Exception {
        return TestRun.run(plan, new ZooKeeperTarget(), folder);
    }
}
