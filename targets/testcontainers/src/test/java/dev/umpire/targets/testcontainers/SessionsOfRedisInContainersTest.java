package dev.umpire.targets.testcontainers;

import static dev.umpire.checkers.Guarantee.MONOTONIC_READS;
import static dev.umpire.checkers.Guarantee.READ_YOUR_WRITES;
import static dev.umpire.harness.junit.assertion.UmpireAssertions.assertThat;

import dev.umpire.harness.junit.UmpireExtension;
import dev.umpire.harness.run.Run;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A primary and two replicas, each in a container, while the network between them is cut now and then. */
class SessionsOfRedisInContainersTest {
    private static final RedisContainers REDIS = new RedisContainers(StoresImage.NAME);

    @RegisterExtension
    static final UmpireExtension UMPIRE = UmpireExtension.of(ContainerTarget.of("redis-in-containers", REDIS));

    @BeforeAll
    static void required() {
        StoresImage.required();
    }

    @Test
    void readsAtReplicasAreStale() {
        assertThat(run("any-follower").history()).breaks(READ_YOUR_WRITES);
    }

    @Test
    void readsAtThePrimaryAreNot() {
        assertThat(run("leader")).satisfies(READ_YOUR_WRITES, MONOTONIC_READS);
    }

    private static Run run(String reads) {
        return UMPIRE.run(plan -> plan.set("reads", reads).nemesis("partition").lasting(Duration.ofSeconds(6)));
    }
}
