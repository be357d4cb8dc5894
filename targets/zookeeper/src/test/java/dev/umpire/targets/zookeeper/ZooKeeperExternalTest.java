package dev.umpire.targets.zookeeper;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.run.Run;
import dev.umpire.targets.testing.RunningCluster;
import dev.umpire.targets.testing.TestCluster;
import dev.umpire.targets.testing.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three servers that were started by somebody else. */
@Timeout(180)
class ZooKeeperExternalTest {

    @TempDir
    Path folder;

    private TestCluster theirs;
    private RunningCluster running;

    @BeforeAll
    static void required() {
        ZooKeeperServer.required();
    }

    @BeforeEach
    void startTheirs() throws IOException {
        theirs = new TestCluster(new ZooKeeperTarget(), Files.createDirectory(folder.resolve("theirs")), 3);
        running = new RunningCluster(theirs.cluster().nodes(), ((ZooKeeperCluster) theirs.cluster()).ports());
    }

    @AfterEach
    void stopTheirs() {
        theirs.close();
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
                        .lasting(Duration.ofSeconds(8)),
                new ZooKeeperTarget(),
                folder);

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void staleReadsAreFound() throws Exception {
        theirs.slowLinksBetweenNodes(Duration.ofMillis(50));
        TestRun.assertShows(
                Map.of("read-your-writes", Answer.INVALID),
                running.plan("zookeeper")
                        .set("configuration", "local-reads")
                        .rate(300)
                        .lasting(Duration.ofSeconds(8)),
                new ZooKeeperTarget(),
                folder);
    }
}
