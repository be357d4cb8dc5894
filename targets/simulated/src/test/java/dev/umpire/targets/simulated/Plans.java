package dev.umpire.targets.simulated;

import dev.umpire.harness.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Short plans on the simulated store, with faults that come and go quickly. */
final class Plans {
    private Plans() {}

    static Plan plan(Map<String, String> settings, List<String> nemesis, List<String> guarantees, long seed) {
        return new Plan(
                Plan.VERSION,
                "simulated",
                3,
                settings,
                new Plan.WorkloadPlan("register", Map.of()),
                8,
                10,
                OptionalLong.of(600),
                OptionalLong.empty(),
                600,
                400,
                10_000,
                new Plan.NemesisPlan(nemesis, 20, 150, 80, 500),
                guarantees,
                "real-time",
                seed,
                false);
    }

    /**
     * As {@link #plan}, with sessions that ask as fast as they are answered: lag shows; and lost tails, as
     * keys are soon retired.
     */
    static Plan busy(
            Map<String, String> settings, List<String> nemesis, List<String> guarantees, long operations, long seed) {
        Plan plan = plan(settings, nemesis, guarantees, seed);
        return new Plan(
                plan.version(),
                plan.target(),
                plan.nodes(),
                plan.settings(),
                new Plan.WorkloadPlan("register", Map.of("keys", "4", "retire-every", "20")),
                plan.sessions(),
                plan.moveEvery(),
                OptionalLong.of(operations),
                OptionalLong.empty(),
                0,
                plan.operationTimeoutMillis(),
                plan.convergenceTimeoutMillis(),
                plan.nemesis(),
                plan.guarantees(),
                plan.writeOrder(),
                seed,
                false);
    }
}
