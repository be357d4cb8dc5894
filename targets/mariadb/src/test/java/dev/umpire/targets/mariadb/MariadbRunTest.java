package dev.umpire.targets.mariadb;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
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

/** Whole runs on real MariaDB. */
@Timeout(240)
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
        assertShows(
                Map.of("eventual", Answer.VALID),
                PlanBuilder.real("mariadb")
                        .set("configuration", "owner-writes")
                        .nemesis("partition", "crash", "pause")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .rate(RATE_PER_SECOND)
                        .lasting(Duration.ofSeconds(6)));
    }

    @Test
    void mastersThatAllWriteAKeyDivergeForEver() throws Exception {
        assertShows(
                Map.of("eventual", Answer.INVALID),
                PlanBuilder.real("mariadb")
                        .set("writes", "home")
                        .set("conflicts", "idempotent")
                        .nemesis("partition")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(1_000), Duration.ofMillis(1_500))
                        .rate(RATE_PER_SECOND)
                        .lasting(Duration.ofSeconds(4)));
    }

    @Test
    void whatAKilledHarnessLeftIsGoneAfterTheNextOneBegins() throws Exception {
        KilledHarness.assertTheNextOneUndoesAll("mariadb", "mariadbd", folder);
    }

    private void assertShows(Map<String, Answer> expected, PlanBuilder plan) throws Exception {
        TestRun.assertShows(expected, plan, new MariadbTarget(), folder);
    }
}
