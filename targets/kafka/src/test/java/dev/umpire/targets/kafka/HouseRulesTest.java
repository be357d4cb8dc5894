package dev.umpire.targets.kafka;

import dev.umpire.targets.testing.RealTargetRules;

class HouseRulesTest extends RealTargetRules {
    HouseRulesTest() {
        super("dev.umpire.targets.kafka", "org.apache.kafka..");
    }
}
