package example;

import static dev.umpire.checkers.Guarantee.MONOTONIC_READS;
import static dev.umpire.checkers.Guarantee.READ_YOUR_WRITES;
import static dev.umpire.harness.junit.assertion.UmpireAssertions.assertThat;
import static dev.umpire.harness.target.FaultKind.PARTITION;

import dev.umpire.harness.junit.ConsistencyTest;
import dev.umpire.harness.run.Run;
import dev.umpire.targets.redis.RedisTarget;

/** Three nodes of Redis, a primary and two replicas, while the network between them is cut now and then. */
class SessionsOfRedisTest {

    @ConsistencyTest(target = RedisTarget.class, settings = "reads=any-follower", nemesis = PARTITION, lastingMillis = 6_000)
    void readsAtAnyReplicaAreStale(Run run) {
        assertThat(run.history()).breaks(READ_YOUR_WRITES);
    }

    @ConsistencyTest(target = RedisTarget.class, settings = "reads=leader", nemesis = PARTITION, lastingMillis = 6_000)
    void readsAtTheLeaderAreNot(Run run) {
        assertThat(run).satisfies(READ_YOUR_WRITES, MONOTONIC_READS);
    }
}
