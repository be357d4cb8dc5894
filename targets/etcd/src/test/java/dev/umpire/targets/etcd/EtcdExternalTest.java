package dev.umpire.targets.etcd;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;

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

/** Three members that were started by somebody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class EtcdExternalTest {

    @TempDir
    Path folder;

    @AutoClose
    private TestCluster theirs;

    private RunningCluster running;

    /** One for all tests: each leaves it as it was. */
    @BeforeAll
    void startTheirs(@TempDir Path shared) throws IOException {
        InstalledStore.required("etcd", launcher -> launcher.program("etcd", "etcd-server"));
        theirs = new TestCluster(new EtcdTarget(), shared, 3);
        running = new RunningCluster(theirs.cluster().nodes(), ((EtcdCluster) theirs.cluster()).ports());
    }

    /** What the test before it took back at one node is gone at all. */
    @BeforeEach
    void awaitWhatIsUnderWay() {
        theirs.awaitConvergence();
    }

    @Test
    void whatIsTheRunsOwnComesAndGoesAndWhatIsOfOthersStays() throws IOException {
        running.assertTheRunsOwnComesAndGoes(
                new EtcdTarget(), theirs, folder, "prefix: found a key umpire/run in the cluster");
    }

    @Test
    void clientsAreCutFromANodeAndMeetItAgain() throws IOException {
        try (TestCluster named = running.named(new EtcdTarget(), folder, "named")) {
            RunningCluster.assertClientsCutAndSlowed(named, N2, N1);
            named.await(named.cluster().stop());
        }
    }

    @Test
    void addressesThatAreNoneAndNodesThatNobodyReachesAreRefused() throws Exception {
        RunningCluster.assertRefusals(new EtcdTarget(), folder);
    }

    @Test
    void aPromiseHoldsWhateverClientsMeetOnTheirWay() throws Exception {
        Run run = TestRun.assertShows(
                Map.of("linearizable", Answer.VALID, "durability", Answer.VALID),
                running.plan("etcd")
                        .set("configuration", "linearizable-reads")
                        .workload("register", Map.of("snapshot-percent", "0"))
                        .nemesis("client-cut", "client-slow")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .operationTimeout(Duration.ofMillis(400))
                        .rate(300)
                        .lasting(Duration.ofSeconds(6)),
                new EtcdTarget(),
                folder);

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void staleReadsAreFound() throws Exception {
        theirs.slowLinksBetweenNodes(Duration.ofMillis(50));
        try {
            TestRun.assertShows(
                    Map.of("read-your-writes", Answer.INVALID),
                    running.plan("etcd")
                            .set("reads", "serializable")
                            .set("at", "any")
                            .workload("register", Map.of("keys", "1"))
                            .sessions(16)
                            .rate(300)
                            .lasting(Duration.ofSeconds(4)),
                    new EtcdTarget(),
                    folder);
        } finally {
            theirs.slowLinksBetweenNodes(Duration.ZERO);
        }
    }
}
