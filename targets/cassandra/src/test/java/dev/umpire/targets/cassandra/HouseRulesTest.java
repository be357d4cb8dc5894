package dev.umpire.targets.cassandra;

import dev.umpire.targets.testing.RealTargetRules;

class HouseRulesTest extends RealTargetRules {
    HouseRulesTest() {
        super("dev.umpire.targets.cassandra", "com.datastax.oss.driver.api..", "javax.management..");
    }
}
