package dev.umpire.targets.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Whole runs on MariaDB in containers. */
@Timeout(240)
class MariadbContainersTest {
    private static final double RATE_PER_SECOND = 200;

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        StoresImage.required();
    }

    @Test
    @EnabledIfSystemProperty(named = "umpire.long", matches = "true", disabledReason = "asked for by the profile long")
    void keysThatOneMasterWritesConvergeUnderFaults() throws Exception {
        Run run = assertShows(
                Map.of("eventual", Answer.VALID),
                plan("owner-writes")
                        .nemesis("partition", "crash", "disconnect")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(800))
                        .lasting(Duration.ofSeconds(8)));

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    @EnabledIfSystemProperty(named = "umpire.long", matches = "true", disabledReason = "asked for by the profile long")
    void mastersThatAllWriteAKeyDivergeForEver() throws Exception {
        assertShows(
                Map.of("eventual", Answer.INVALID, "integrity", Answer.VALID),
                plan("home-writes")
                        .nemesis("partition")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(1_000), Duration.ofMillis(1_500))
                        .lasting(Duration.ofSeconds(4)));
    }

    /** Each lacks what the other has: neither is as far as the other. */
    @Test
    void mastersThatLackDifferentThingsAreNotEquallyFar() {
        assertThat(MariadbConnection.position("1-1-8,2-2-5")).isNotEqualTo(MariadbConnection.position("1-1-7,2-2-6"));
        assertThat(MariadbConnection.position("2-2-6,1-1-8")).isEqualTo(MariadbConnection.position("1-1-8,2-2-6"));
    }

    private static PlanBuilder plan(String configuration) {
        return PlanBuilder.real("mariadb-containers")
                .set("configuration", configuration)
                .rate(RATE_PER_SECOND);
    }

    private Run assertShows(Map<String, Answer> expected, PlanBuilder plan) throws Exception {
        return TestRun.assertShows(
                expected,
                plan,
                ContainerTarget.of("mariadb-containers", new MariadbContainers(StoresImage.NAME)),
                folder);
    }
}
