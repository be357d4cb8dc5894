package dev.umpire.targets.mariadb;

import static dev.umpire.targets.testing.TestRun.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.targets.testing.InstalledStore;
import dev.umpire.targets.testing.KilledHarness;
import dev.umpire.targets.testing.TestRun;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on real MariaDB. */
@Timeout(120)
class MariadbRunTest {

    private static final double RATE_PER_SECOND = 200;

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        InstalledStore.required("mariadb", launcher -> Installation.find(launcher, ""));
    }

    @Test
    void keysThatOneMasterWritesConvergeThroughCrashesPausesAndPartitions() throws Exception {
        Run run = run(PlanBuilder.real("mariadb")
                .set("configuration", "owner-writes")
                .nemesis("partition", "crash", "pause")
                .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                .guarantees("eventual")
                .rate(RATE_PER_SECOND)
                .lasting(Duration.ofSeconds(6)));

        assertThat(run.missing()).isEmpty();
        assertThat(run.troubles()).isEmpty();
        assertThat(answers(run)).containsEntry("eventual", Answer.VALID);
    }

    @Test
    void mastersThatAllWriteAKeyDivergeForEver() throws Exception {
        Run run = run(PlanBuilder.real("mariadb")
                .set("writes", "home")
                .set("conflicts", "idempotent")
                .nemesis("partition")
                .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                .hold(Duration.ofMillis(1_000), Duration.ofMillis(1_500))
                .guarantees("eventual")
                .rate(RATE_PER_SECOND)
                .lasting(Duration.ofSeconds(4)));

        assertThat(run.missing()).as("all has come everywhere").isEmpty();
        assertThat(answers(run)).containsEntry("eventual", Answer.INVALID);
        assertThat(run.judged())
                .filteredOn(one -> one.verdict().answer() == Answer.INVALID)
                .allSatisfy(one -> assertThat(one.verdict().anomalies()).isNotEmpty());
    }

    @Test
    void whatAKilledHarnessLeftIsGoneAfterTheNextOneBegins() throws Exception {
        KilledHarness.assertTheNextOneUndoesAll("mariadb", "mariadbd", folder);
    }

    private Run run(PlanBuilder plan) throws Exception {
        return TestRun.run(plan, new MariadbTarget(), folder);
    }
}
