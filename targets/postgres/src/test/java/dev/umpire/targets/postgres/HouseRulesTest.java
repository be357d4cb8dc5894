package dev.umpire.targets.postgres;

import dev.umpire.targets.testing.RealTargetRules;

class HouseRulesTest extends RealTargetRules {
    HouseRulesTest() {
        super("dev.umpire.targets.postgres", "org.postgresql..", "dev.umpire.harness.sql..", "java.sql..");
    }
}
