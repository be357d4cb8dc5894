package dev.umpire.targets.testcontainers;

import static dev.umpire.checkers.Guarantee.READ_YOUR_WRITES;
import static dev.umpire.harness.junit.assertion.UmpireAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.junit.ConsistencyTest;
import dev.umpire.harness.junit.UmpireExtension;
import dev.umpire.harness.junit.live.LiveCluster;
import dev.umpire.harness.junit.live.LiveNemesis;
import dev.umpire.harness.junit.live.LiveSession;
import dev.umpire.harness.junit.live.Strike;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class ContainersTest {

    @BeforeAll
    static void required() {
        StoresImage.required();
    }

    /** What every store in containers does, by hand; in one cluster, as starts take longest. */
    private static void nodesAreStruckAndComeBack(LiveCluster cluster) {
        aNodeThatIsCutOffIsStaleAndCatchesUp(cluster);
        nodesAreKilledAndPausedAndComeBack(cluster);
        aNodeOffTheNetworkReachesNobodyAndComesBack(cluster);
    }

    private static void aNodeThatIsCutOffIsStaleAndCatchesUp(LiveCluster cluster) {
        LiveSession alice = cluster.session("alice").moveTo("n3");

        try (Strike cut = cluster.nemesis().partition("n3")) {
            assertThat(alice.write("cart", 3)).isInstanceOf(Response.Ok.class);
            assertThat(alice.read("cart")).isEqualTo(Response.ok(Value.NIL));
            assertThat(cut.evidence()).contains("n1→n3").contains("was not answered");
        }
        await().atMost(Duration.ofSeconds(30)).until(cluster.replica("n3").caughtUpWith("n1"));

        assertThat(alice.read("cart")).isEqualTo(Response.ok(Value.of(3)));
        assertThat(cluster.history()).breaks(READ_YOUR_WRITES).onKey("cart");
    }

    private static void nodesAreKilledAndPausedAndComeBack(LiveCluster cluster) {
        LiveSession bob = cluster.session("bob");
        bob.write("cart", 4);
        Strike crash = cluster.nemesis().crash("n1");
        assertThat(bob.write("cart", 5)).isNotInstanceOf(Response.Ok.class);
        crash.heal();
        cluster.nemesis().pause("n2").heal();
        await().atMost(Duration.ofSeconds(30)).until(cluster.converged());

        assertThat(bob.readAt("n1", "cart")).isEqualTo(Response.ok(Value.of(4)));
        assertThat(bob.readAt("n2", "cart")).isEqualTo(Response.ok(Value.of(4)));
    }

    private static void aNodeOffTheNetworkReachesNobodyAndComesBack(LiveCluster cluster) {
        LiveSession carol = cluster.session("carol");
        Strike off = cluster.nemesis().disconnect("n2");
        assertThat(carol.write("cart", 6)).isInstanceOf(Response.Ok.class);
        assertThat(carol.readAt("n2", "cart")).isNotInstanceOf(Response.Ok.class);
        off.heal();
        await().atMost(Duration.ofSeconds(30)).until(cluster.replica("n2").caughtUpWith("n1"));

        assertThat(carol.readAt("n2", "cart")).isEqualTo(Response.ok(Value.of(6)));
    }

    @Nested
    class OfRedis {
        @RegisterExtension
        static final UmpireExtension UMPIRE = UmpireExtension.of(
                        ContainerTarget.of("redis-containers", new RedisContainers(StoresImage.NAME)))
                .set("reads", "any-follower");

        @Test
        void containersAreStruckAndComeBack(LiveCluster cluster, LiveNemesis nemesis) {
            nodesAreStruckAndComeBack(cluster);

            try (Strike slow = nemesis.slow(Duration.ofMillis(100), "n2")) {
                assertThat(slow.evidence()).contains("ms");
            }
            assertThatThrownBy(nemesis::failOver)
                    .hasMessageStartingWith(
                            "fault: found failover, expected one of [crash, pause, partition, slow, disconnect]");
            assertThat(cluster.leader()).contains("n1");
        }

        @ConsistencyTest(
                settings = "reads=leader",
                nemesis = FaultKind.DISCONNECT,
                gapMillis = {300, 600},
                holdMillis = {500, 1_000},
                lastingMillis = 8_000)
        void whatIsPromisedOfThePrimaryIsKeptWhileNodesAreOffTheNetwork(Run run) {
            assertThat(run.missing()).isEmpty();
            assertThat(run.troubles()).isEmpty();
            assertThat(run).keptThePromiseOf(OneLeader.configurations().get(0));
        }
    }

    @Nested
    class OfPostgres {
        @RegisterExtension
        static final UmpireExtension UMPIRE = UmpireExtension.of(
                        ContainerTarget.of("postgres-containers", new PostgresContainers(StoresImage.NAME)))
                .set("reads", "any-follower");

        @Test
        void containersAreStruckAndComeBack(LiveCluster cluster) {
            nodesAreStruckAndComeBack(cluster);
        }
    }

    @Test
    void whatContainersCannotBeGivenIsRefused() {
        ContainerTarget target = ContainerTarget.of("redis-containers", new RedisContainers(StoresImage.NAME));

        assertThatThrownBy(() -> target.withFaults(FaultKind.CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("faults: found [CLOCK], expected some of [");
    }
}
