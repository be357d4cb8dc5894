package dev.umpire.targets.postgres;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.run.Run;
import dev.umpire.targets.testing.InstalledStore;
import dev.umpire.targets.testing.RunningCluster;
import dev.umpire.targets.testing.TestCluster;
import dev.umpire.targets.testing.TestRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A primary and two standbys that were started by somebody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class PostgresExternalTest {

    @TempDir
    Path folder;

    @AutoClose
    private TestCluster theirs;

    private RunningCluster running;

    /** One for all tests: each leaves it as it was. */
    @BeforeAll
    void startTheirs(@TempDir Path shared) throws IOException {
        InstalledStore.required(
                "postgres", launcher -> Installation.find(launcher, "").program(launcher, "initdb"));
        theirs = new TestCluster(new PostgresTarget(), shared, 3);
        running = new RunningCluster(theirs.cluster().nodes(), ((PostgresCluster) theirs.cluster()).ports());
    }

    /** What the test before it took back at one node is gone at all. */
    @BeforeEach
    void awaitWhatIsUnderWay() {
        theirs.awaitConvergence();
    }

    @Test
    void whatIsTheRunsOwnComesAndGoesAndWhatIsOfOthersStays() throws IOException {
        running.assertTheRunsOwnComesAndGoes(
                new PostgresTarget(), theirs, folder, "schema: found one of the name umpire in the database postgres");
    }

    @Test
    void clientsAreCutFromANodeAndMeetItAgain() throws IOException {
        try (TestCluster named = running.named(new PostgresTarget(), folder, "named")) {
            RunningCluster.assertClientsCutAndSlowed(named, N2, N1);
            named.await(named.cluster().stop());
        }
    }

    @Test
    void addressesThatAreNoneAndNodesThatNobodyReachesAreRefused() throws Exception {
        RunningCluster.assertRefusals(new PostgresTarget(), folder);
        assertThatThrownBy(() -> running.named(new PostgresTarget(), folder, "password", "password-file=/nowhere"))
                .hasMessageContaining(
                        "password-file: found no file that can be read at /nowhere, expected one whose first"
                                + " line is the password");
        assertThatThrownBy(() -> running.named(new PostgresTarget(), folder, "schema", "schema=My Schema"))
                .hasMessageContaining("schema: found My Schema, expected a small letter");
        assertThatThrownBy(() -> running.named(new PostgresTarget(), folder, "user", "user=nobody-here"))
                .hasMessageContainingAll(
                        " (n1) refuses the user: ", "nobody-here", "expected --set user=, and --set password-file=");
    }

    @Test
    void aPromiseHoldsWhateverClientsMeetOnTheirWay() throws Exception {
        Run run = TestRun.assertShows(
                Map.of("read-your-writes", Answer.VALID, "durability", Answer.VALID),
                running.plan("postgres")
                        .set("configuration", "primary-reads")
                        .nemesis("client-cut", "client-slow")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .operationTimeout(Duration.ofMillis(3_000))
                        .rate(300)
                        .lasting(Duration.ofSeconds(6)),
                new PostgresTarget(),
                folder);

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void staleReadsAreFound() throws Exception {
        theirs.slowLinksBetweenNodes(Duration.ofMillis(50));
        try {
            TestRun.assertShows(
                    Map.of("read-your-writes", Answer.INVALID),
                    running.plan("postgres")
                            .set("reads", "any-follower")
                            .rate(300)
                            .lasting(Duration.ofSeconds(4)),
                    new PostgresTarget(),
                    folder);
        } finally {
            theirs.slowLinksBetweenNodes(Duration.ZERO);
        }
    }
}
