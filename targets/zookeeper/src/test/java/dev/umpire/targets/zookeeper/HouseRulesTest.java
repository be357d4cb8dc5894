package dev.umpire.targets.zookeeper;

import dev.umpire.targets.testing.RealTargetRules;

class HouseRulesTest extends RealTargetRules {
    HouseRulesTest() {
        super("dev.umpire.targets.zookeeper", "org.apache.zookeeper..");
    }
}
