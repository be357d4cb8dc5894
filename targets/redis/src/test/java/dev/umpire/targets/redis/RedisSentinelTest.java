package dev.umpire.targets.redis;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.InstalledStore;
import dev.umpire.targets.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes with a sentinel each. */
@Timeout(90)
class RedisSentinelTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        InstalledStore.required("redis", launcher -> launcher.program("redis-server", "redis-server"));
    }

    @Test
    void sentinelsPromoteAReplicaByThemselvesAndByOrderAndClientsFollowThem() throws IOException {
        try (TestCluster redis = new TestCluster(new RedisTarget(), folder, 3, "failover=sentinel")) {
            FaultControl faults = redis.faults();
            assertThat(TestCluster.children()).hasSize(6);
            assertThat(redis.await(redis.cluster().leader())).contains(N1);
            assertThat(redis.delivers(N1, N2).evidence())
                    .contains("dialled n1→n2 arrived", "replication stream arrived");
            assertThat(redis.await(redis.cluster().convergence()).lastSeen())
                    .contains("sentinels: n1 names n1 in epoch 0, knows 2 replicas and 2 sentinels");

            redis.await(faults.crash(N1));
            assertThat(TestCluster.children()).hasSize(4);
            Node elected = awaitWriteElsewhere(redis, N1, 1);
            redis.await(faults.restart(N1));
            assertThat(redis.await(redis.cluster().convergence()).lastSeen())
                    .as("it said at first that it leads, as its file does, and its sentinel did not answer")
                    .contains("n1 follows", "sentinels: n1 names ");
            assertThat(redis.await(redis.cluster().leader())).contains(elected);

            Node ordered = redis.await(faults.failOver(elected));
            assertThat(ordered).isNotEqualTo(elected);
            assertThat(awaitWriteElsewhere(redis, elected, 2)).isEqualTo(ordered);

            redis.await(faults.pause(N2));
            assertThat(redis.await(redis.cluster().convergence()).lastSeen())
                    .containsPattern("sentinels: .*n2 does not answer");
            redis.await(faults.resume(N2));
            redis.await(redis.cluster().stop());
        }
        TestCluster.assertNothingInForce(folder);
    }

    /** Awaits that a write is acknowledged where the sentinels say, at another node than this; that node. */
    private static Node awaitWriteElsewhere(TestCluster redis, Node old, long value) {
        Request write = Request.write(TestCluster.X, Value.of(value));
        return Awaitility.await("a write at another node than " + old)
                .atMost(Duration.ofSeconds(30))
                .pollInSameThread()
                .until(
                        () -> {
                            try (Client client = redis.connect(new Session(0), N3)) {
                                Node asked = client.route(write);
                                return redis.await(client.invoke(write, asked)).equals(Response.done()) ? asked : old;
                            }
                        },
                        asked -> !asked.equals(old));
    }
}
