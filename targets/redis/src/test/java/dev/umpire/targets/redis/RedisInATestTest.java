package dev.umpire.targets.redis;

import static dev.umpire.checkers.Guarantee.READ_YOUR_WRITES;
import static dev.umpire.harness.junit.assertion.UmpireAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.junit.UmpireExtension;
import dev.umpire.harness.junit.live.Condition;
import dev.umpire.harness.junit.live.LiveCluster;
import dev.umpire.harness.junit.live.LiveNemesis;
import dev.umpire.harness.junit.live.LiveSession;
import dev.umpire.harness.junit.live.Strike;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.InstalledStore;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test of somebody who has three nodes of Redis in the hands. */
@Timeout(60)
class RedisInATestTest {

    @RegisterExtension
    static final UmpireExtension UMPIRE = UmpireExtension.of(new RedisTarget()).set("reads", "any-follower");

    @BeforeAll
    static void required() {
        InstalledStore.required("redis", launcher -> launcher.program("redis-server", "redis-server"));
    }

    @Test
    void aReplicaThatWasCutOffServesStaleReadsAndCatchesUp(LiveCluster redis, LiveNemesis nemesis) {
        LiveSession alice = redis.session("alice").moveTo("n3");
        Condition caughtUp = redis.replica("n3").caughtUpWith("n1");

        try (Strike cut = nemesis.partition("n3")) {
            assertThat(alice.write("cart", 3)).isInstanceOf(Response.Ok.class);
            assertThat(alice.read("cart")).isEqualTo(Response.ok(Value.NIL));
            assertThatThrownBy(() -> await().atMost(Duration.ofSeconds(1)).untilAsserted(caughtUp::require))
                    .isInstanceOf(ConditionTimeoutException.class)
                    .hasMessageContaining("awaited that n3 has caught up with n1; last seen: n3 is at ");
            assertThat(cut.evidence()).isNotEmpty();
        }
        await().until(caughtUp);

        assertThat(alice.readAt("n3", "cart")).isEqualTo(Response.ok(Value.of(3)));
        assertThat(redis.history()).breaks(READ_YOUR_WRITES).onKey("cart");
    }

    @Test
    void aFailoverPassesTheLeadershipOn(LiveCluster redis) {
        assertThat(redis.leader()).contains("n1");

        Strike failover = redis.nemesis().failOver();
        await().until(redis.hasLeader());
        assertThat(redis.leader()).isNotEqualTo(Optional.of("n1"));
        assertThatThrownBy(() -> redis.converged().require())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("awaited that all replicas have everything; last seen: n1 does not answer");
        failover.heal();

        await().until(redis.converged());
    }
}
