package dev.umpire.targets.cassandra;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.Runner;
import dev.umpire.targets.testing.RunningCluster;
import dev.umpire.targets.testing.TestCluster;
import dev.umpire.targets.testing.TestRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes that were started by somebody else: those of {@link CassandraTargetTest}, as another start takes long. Each test leaves
 * them as they were.
 */
@Timeout(300)
abstract class CassandraExternalCases {

    /** That of the cluster itself is there already. */
    private static final String OWN = "keyspace=mine";

    @TempDir
    Path folder;

    private final TestCluster theirs = CassandraTargetTest.cluster();
    private final RunningCluster running = new RunningCluster(theirs.cluster().nodes(), ports());

    private NodePorts ports() {
        return ((CassandraCluster) theirs.cluster()).ports();
    }

    @Test
    void whatIsTheRunsOwnComesAndGoesAndWhatIsOfOthersStays() throws IOException {
        running.assertTheRunsOwnComesAndGoes(
                new CassandraTarget(),
                theirs,
                folder,
                "keyspace: found one of the name mine in the cluster, expected none",
                OWN);
    }

    @Test
    void clientsAreCutFromANodeAndMeetItAgain() throws IOException {
        try (TestCluster named = running.named(new CassandraTarget(), folder, "named", OWN)) {
            RunningCluster.assertClientsCutAndSlowed(named, N2, N1);
            named.await(named.cluster().stop());
        }
    }

    @Test
    void whatIsNotAllOfACassandraClusterIsRefused() throws Exception {
        RunningCluster.assertRefusals(new CassandraTarget(), folder);
        PlanBuilder hints = running.plan("cassandra").set("hints", "off");
        assertThatThrownBy(() -> Runner.requirePossible(hints.build(), new CassandraTarget()))
                .hasMessage("hints: found off, expected none, as it has a meaning only with launcher=process|docker");
        PlanBuilder quoted = running.plan("cassandra").set("keyspace", "Mine");
        assertThatThrownBy(() -> Runner.requirePossible(quoted.build(), new CassandraTarget()))
                .hasMessage("keyspace: found Mine, expected a small letter, and then small letters, digits, or _, 48 at"
                        + " most");
        assertThatThrownBy(() -> new TestCluster(
                        new CassandraTarget(),
                        folder,
                        2,
                        "launcher=external",
                        "addresses=127.0.0.1:" + ports().direct(N1) + ",127.0.0.1:" + ports().direct(N3),
                        OWN))
                .hasMessageContaining("addresses: found 2 of the 3 nodes of the data center datacenter1, expected all")
                .hasMessageContaining("127.0.0.1:" + ports().direct(N2));
    }

    @Test
    void aPromiseHoldsWhateverClientsMeetOnTheirWay() throws Exception {
        Run run = TestRun.assertShows(
                Map.of("read-your-writes", Answer.VALID, "durability", Answer.VALID),
                running.plan("cassandra")
                        .set("configuration", "quorum")
                        .set("keyspace", "mine")
                        .nemesis("client-cut", "client-slow")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .rate(200)
                        .lasting(Duration.ofSeconds(6)),
                new CassandraTarget(),
                folder);

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void oneReplicaShowsThePast() throws Exception {
        theirs.slowLinksBetweenNodes(Duration.ofMillis(50));
        try {
            TestRun.assertShows(
                    Map.of("read-your-writes", Answer.INVALID),
                    running.plan("cassandra")
                            .set("reads", "one")
                            .set("writes", "one")
                            .set("at", "any")
                            .set("keyspace", "mine")
                            .rate(200)
                            .lasting(Duration.ofSeconds(4)),
                    new CassandraTarget(),
                    folder);
        } finally {
            theirs.slowLinksBetweenNodes(Duration.ZERO);
        }
    }
}
