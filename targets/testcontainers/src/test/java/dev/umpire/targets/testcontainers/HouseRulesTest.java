package dev.umpire.targets.testcontainers;

import dev.umpire.targets.testing.RealTargetRules;

class HouseRulesTest extends RealTargetRules {
    HouseRulesTest() {
        super(
                "dev.umpire.targets.testcontainers",
                "org.testcontainers..",
                "com.github.dockerjava..",
                "redis.clients..",
                "org.postgresql..",
                "org.apache.kafka..",
                "org.apache.zookeeper..",
                "com.datastax.oss.driver..",
                "tools.jackson..");
    }
}
