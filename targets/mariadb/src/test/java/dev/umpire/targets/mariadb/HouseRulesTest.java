package dev.umpire.targets.mariadb;

import dev.umpire.targets.testing.RealTargetRules;

class HouseRulesTest extends RealTargetRules {
    HouseRulesTest() {
        super("dev.umpire.targets.mariadb", "dev.umpire.harness.sql..", "org.mariadb..", "java.sql..");
    }
}
