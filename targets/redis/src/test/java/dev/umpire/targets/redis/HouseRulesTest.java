package dev.umpire.targets.redis;

import dev.umpire.targets.testing.RealTargetRules;

class HouseRulesTest extends RealTargetRules {
    HouseRulesTest() {
        super("dev.umpire.targets.redis", "redis.clients..");
    }
}
