package dev.umpire.targets.etcd;

import static dev.umpire.targets.testing.TestRun.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.NemesisEvent;
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
@Timeout(120)
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
        Run run = run(PlanBuilder.real("etcd")
                .set("configuration", "linearizable-reads")
                // one object of all keys that snapshots join is more than can be decided on every machine
                .workload("register", Map.of("snapshot-percent", "0"))
                .nemesis("partition", "crash", "pause")
                .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                .guarantees("linearizable", "durability")
                .rate(RATE_PER_SECOND)
                .lasting(Duration.ofSeconds(8)));

        assertThat(run.missing()).isEmpty();
        assertThat(run.troubles()).isEmpty();
        assertThat(run.history().nemesisEvents())
                .extracting(NemesisEvent::function)
                .contains("confirm", "gone");
        assertThat(answers(run)).containsEntry("linearizable", Answer.VALID).containsEntry("durability", Answer.VALID);
    }

    @Test
    void serializableReadsAreStaleWhereASessionMovesToAMemberThatIsCutOff() throws Exception {
        Run run = run(PlanBuilder.real("etcd")
                .set("reads", "serializable")
                .set("at", "any")
                .nemesis("partition")
                .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                .hold(Duration.ofMillis(1_000), Duration.ofMillis(1_500))
                .guarantees("read-your-writes", "monotonic-reads", "consistent-prefix", "durability")
                .operationTimeout(Duration.ofMillis(300))
                .rate(RATE_PER_SECOND)
                .lasting(Duration.ofSeconds(6)));

        assertThat(run.missing()).isEmpty();
        assertThat(answers(run))
                .containsEntry("read-your-writes", Answer.INVALID)
                .containsEntry("monotonic-reads", Answer.INVALID)
                .containsEntry("consistent-prefix", Answer.VALID)
                .containsEntry("durability", Answer.VALID);
        assertThat(run.judged())
                .filteredOn(one -> one.verdict().answer() == Answer.INVALID)
                .allSatisfy(one -> assertThat(one.verdict().anomalies()).isNotEmpty());
    }

    @Test
    void whatAKilledHarnessLeftIsGoneAfterTheNextOneBegins() throws Exception {
        KilledHarness.assertTheNextOneUndoesAll("etcd", "etcd", folder);
    }

    private Run run(PlanBuilder plan) throws Exception {
        return TestRun.run(plan, new EtcdTarget(), folder);
    }
}
