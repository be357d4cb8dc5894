package dev.umpire.targets.testcontainers;

import static dev.umpire.checkers.Guarantee.READ_YOUR_WRITES;
import static dev.umpire.harness.junit.assertion.UmpireAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.junit.UmpireExtension;
import dev.umpire.harness.junit.live.LiveCluster;
import dev.umpire.harness.junit.live.LiveSession;
import dev.umpire.harness.junit.live.Strike;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.TestRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * ZooKeeper in containers: a whole run, and an ensemble in the hands of a test. On a busy machine the engine may find the port of
 * a container that comes back to the network still in use, and the run is made again.
 */
@Isolated
@Timeout(240)
class ZooKeeperContainersTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        StoresImage.required();
    }

    private static ContainerTarget target() {
        return ContainerTarget.of("zookeeper-containers", new ZooKeeperContainers(StoresImage.NAME));
    }

    @Test
    @EnabledIfSystemProperty(named = "umpire.long", matches = "true", disabledReason = "asked for by the profile long")
    void readsAfterWritesAreLinearizableUnderFaults() throws Exception {
        Run run = TestRun.assertShows(
                Map.of("linearizable", Answer.VALID, "durability", Answer.VALID),
                PlanBuilder.real("zookeeper-containers")
                        .set("configuration", "reads-after-writes")
                        .workload("cas-register", Map.of())
                        // without the writes before reads, slow links alone make them stale
                        .nemesis("slow", "partition", "crash", "disconnect")
                        .gap(Duration.ofMillis(600), Duration.ofMillis(1_000))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(800))
                        .rate(200)
                        .lasting(Duration.ofSeconds(10)),
                target(),
                folder);

        TestRun.assertFaultsCameAndWent(run);
    }

    @Nested
    class LocalReads {
        /** So many that a busy machine is late for some only. */
        private static final int LAST = 20;

        @RegisterExtension
        static final UmpireExtension UMPIRE = UmpireExtension.of(target()).set("reads", "local");

        @Test
        void ofAFollowerBehindSlowLinksAreStale(LiveCluster cluster) {
            String leader = cluster.leader().orElseThrow();
            String follower = leader.equals("n1") ? "n2" : "n1";
            LiveSession alice = cluster.session("alice");
            // the begin of a session is a transaction, which would bring all before it
            assertThat(alice.readAt(follower, "cart")).isEqualTo(Response.ok(Value.NIL));
            alice.moveTo(leader);

            try (Strike slow = cluster.nemesis().slow(Duration.ofMillis(60), follower)) {
                for (int value = 1; value <= LAST; value++) {
                    assertThat(alice.write("cart", value)).isInstanceOf(Response.Ok.class);
                    assertThat(alice.readAt(follower, "cart")).isInstanceOf(Response.Ok.class);
                }
                assertThat(slow.evidence()).contains("ms");
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(cluster.replica(follower).caughtUpWith(leader));

            assertThat(cluster.history()).breaks(READ_YOUR_WRITES).onKey("cart");
            assertThat(alice.readAt(follower, "cart"))
                    .isInstanceOfSatisfying(
                            Response.Ok.class,
                            answer -> assertThat(answer.result()).contains(Value.of(LAST)));
            cluster.nemesis().pause(follower).heal();
            leadersChangeAndAllAreEquallyFarWhileNobodyWrites(cluster, leader);
        }

        private static void leadersChangeAndAllAreEquallyFarWhileNobodyWrites(LiveCluster cluster, String leader) {
            Strike crash = cluster.nemesis().crash(leader);
            await().atMost(Duration.ofSeconds(30)).until(cluster.hasLeader());
            crash.heal();
            // before the session with the killed one ends, which would be a transaction
            await().atMost(Duration.ofSeconds(24)).until(cluster.converged());
            assertThat(cluster.leader()).isNotEmpty().isNotEqualTo(Optional.of(leader));
        }
    }
}
