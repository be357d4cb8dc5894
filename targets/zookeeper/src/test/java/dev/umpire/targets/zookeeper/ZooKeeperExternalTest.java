package dev.umpire.targets.zookeeper;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.run.Run;
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

/** Three servers that were started by somebody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class ZooKeeperExternalTest {

    @TempDir
    Path folder;

    @AutoClose
    private TestCluster theirs;

    private RunningCluster running;

    /** One for all tests: each leaves it as it was. */
    @BeforeAll
    void startTheirs(@TempDir Path shared) throws IOException {
        ZooKeeperServer.required();
        theirs = new TestCluster(new ZooKeeperTarget(), shared, 3);
        running = new RunningCluster(theirs.cluster().nodes(), ((ZooKeeperCluster) theirs.cluster()).ports());
    }

    /** What the test before it took back at one node is gone at all. */
    @BeforeEach
    void awaitWhatIsUnderWay() {
        theirs.awaitConvergence();
    }

    @Test
    void whatIsTheRunsOwnComesAndGoesAndWhatIsOfOthersStays() throws IOException {
        running.assertTheRunsOwnComesAndGoes(
                new ZooKeeperTarget(), theirs, folder, "prefix: found /umpire in the tree");
    }

    @Test
    void clientsAreCutFromANodeAndMeetItAgain() throws IOException {
        try (TestCluster named = running.named(new ZooKeeperTarget(), folder, "named")) {
            RunningCluster.assertClientsCutAndSlowed(named, N2, N1);
            named.await(named.cluster().stop());
        }
    }

    @Test
    void addressesThatAreNoneAndNodesThatNobodyReachesAreRefused() throws Exception {
        RunningCluster.assertRefusals(new ZooKeeperTarget(), folder);
    }

    @Test
    void aPromiseHoldsWhateverClientsMeetOnTheirWay() throws Exception {
        Run run = TestRun.assertShows(
                Map.of("sequential", Answer.VALID, "durability", Answer.VALID),
                running.plan("zookeeper")
                        .set("configuration", "one-server")
                        .nemesis("client-cut", "client-slow")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .operationTimeout(Duration.ofMillis(1_000))
                        .rate(300)
                        .lasting(Duration.ofSeconds(6)),
                new ZooKeeperTarget(),
                folder);

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void staleReadsAreFound() throws Exception {
        theirs.slowLinksBetweenNodes(Duration.ofMillis(50));
        try {
            TestRun.assertShows(
                    Map.of("read-your-writes", Answer.INVALID),
                    running.plan("zookeeper")
                            .set("configuration", "local-reads")
                            .rate(300)
                            .lasting(Duration.ofSeconds(4)),
                    new ZooKeeperTarget(),
                    folder);
        } finally {
            theirs.slowLinksBetweenNodes(Duration.ZERO);
        }
    }
}
