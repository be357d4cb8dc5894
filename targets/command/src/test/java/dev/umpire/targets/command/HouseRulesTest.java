package dev.umpire.targets.command;

import dev.umpire.targets.testing.RealTargetRules;

class HouseRulesTest extends RealTargetRules {
    HouseRulesTest() {
        super("dev.umpire.targets.command", "tools.jackson..");
    }
}
