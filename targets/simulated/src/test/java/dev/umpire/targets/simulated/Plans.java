package dev.umpire.targets.simulated;

import dev.umpire.harness.plan.Load;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.survey.Trials;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.SettingsResolver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Plans of {@link Trials} on the simulated stores, on other networks or of another length. */
final class Plans {
    private static final SimulatedTarget TARGET = new SimulatedTarget();

    private Plans() {}

    /** The configuration of the simulated stores that has this name. */
    static Configuration configuration(String name) {
        return SettingsResolver.configuration(TARGET, name);
    }

    /**
     * What of a configuration's promise the workload of this seed can show, under all faults that it names.
     *
     * @param network settings beside the configuration's
     */
    static Plan promise(Configuration configuration, Map<String, String> network, long seed) {
        return changed(
                Trials.ofPromise(TARGET, configuration, configuration.faults(), seed),
                network,
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /** As {@link #promise} without faults and without judging. */
    static Plan quiet(Configuration configuration, long seed) {
        return Trials.of(TARGET, configuration, Set.<FaultKind>of(), List.of(), seed);
    }

    /** As {@link #promise} without judging, with sessions that ask as fast as they are answered. */
    static Plan busy(Configuration configuration, Map<String, String> network, long operations, long seed) {
        return changed(
                Trials.of(TARGET, configuration, configuration.faults(), List.of(), seed),
                network,
                OptionalLong.of(operations),
                OptionalLong.of(0));
    }

    /** Requests that arrive at random at a configuration, under partitions, without judging. */
    static PlanBuilder open(String configuration, int sessions, double ratePerSecond, long operations) {
        return PlanBuilder.of(TARGET, Map.of(SettingsResolver.CONFIGURATION, configuration))
                .sessions(sessions)
                .load(Load.OPEN)
                .rate(ratePerSecond)
                .operations(operations)
                .nemesis("partition")
                .guarantees();
    }

    /** How a defect is brought out, without judging. */
    static Plan trial(Defect defect, long operations, long seed) {
        return changed(
                Trials.of(TARGET, configuration(defect.configuration()), defect, List.of(), seed),
                Map.of(),
                OptionalLong.of(operations),
                OptionalLong.empty());
    }

    /** The same, of another length. */
    static Plan ofLength(Plan plan, long operations) {
        return changed(plan, Map.of(), OptionalLong.of(operations), OptionalLong.empty());
    }

    private static Plan changed(Plan plan, Map<String, String> network, OptionalLong operations, OptionalLong rate) {
        Map<String, String> settings = new HashMap<>(plan.settings());
        settings.putAll(network);
        return new Plan(
                plan.version(),
                plan.target(),
                plan.nodes(),
                settings,
                plan.workload(),
                plan.sessions(),
                plan.moveEvery(),
                operations.isPresent() ? operations : plan.operations(),
                plan.durationMillis(),
                rate.isPresent() ? rate.getAsLong() : plan.ratePerSecond(),
                plan.load(),
                plan.operationTimeoutMillis(),
                plan.convergenceTimeoutMillis(),
                plan.nemesis(),
                plan.guarantees(),
                plan.writeOrder(),
                plan.seed(),
                plan.failFast());
    }
}
