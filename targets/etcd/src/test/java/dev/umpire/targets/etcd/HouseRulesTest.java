package dev.umpire.targets.etcd;

import dev.umpire.targets.testing.RealTargetRules;

class HouseRulesTest extends RealTargetRules {
    HouseRulesTest() {
        super("dev.umpire.targets.etcd", "tools.jackson..");
    }
}
