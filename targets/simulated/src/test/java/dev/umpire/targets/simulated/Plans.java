package dev.umpire.targets.simulated;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Short plans on the simulated store, with faults that come and go quickly. */
final class Plans {
    /** Lag shows where sessions ask as fast as they are answered; and lost tails, where keys are soon retired. */
    private static final Map<String, String> FEW_KEYS = Map.of("keys", "4", "retire-every", "20");

    private static final String REGISTER = "register";

    private Plans() {}

    /** The configuration of the simulated stores that has this name. */
    static Configuration configuration(String name) {
        return new SimulatedTarget()
                .configurations().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    /**
     * What a configuration promises, under all faults that it names.
     *
     * @param workload one of those that can show it
     * @param network settings beside the configuration's
     */
    static Plan promise(
            Configuration configuration,
            String workload,
            Map<String, String> network,
            List<String> guarantees,
            long seed) {
        Map<String, String> settings = new HashMap<>(network);
        settings.put("configuration", configuration.name());
        return plan(
                configuration.nodes(),
                settings,
                new Plan.WorkloadPlan(workload, Map.of()),
                600,
                600,
                names(configuration.faults()),
                guarantees,
                configuration.writeOrder(),
                seed);
    }

    /** Without faults. */
    static Plan quiet(Configuration configuration, String workload, long seed) {
        return plan(
                configuration.nodes(),
                Map.of("configuration", configuration.name()),
                new Plan.WorkloadPlan(workload, Map.of()),
                600,
                600,
                List.of(),
                List.of(),
                configuration.writeOrder(),
                seed);
    }

    /** As {@link #promise} on the first workload, with sessions that ask as fast as they are answered. */
    static Plan busy(Configuration configuration, Map<String, String> network, long operations, long seed) {
        Map<String, String> settings = new HashMap<>(network);
        settings.put("configuration", configuration.name());
        return busy(configuration, Defect.Trial.USUAL, settings, List.of(), operations, seed);
    }

    /** How a defect is brought out, with the defect or without. */
    static Plan trial(
            Configuration configuration,
            Defect defect,
            boolean switchedOn,
            List<String> guarantees,
            long operations,
            long seed) {
        Map<String, String> settings =
                switchedOn ? Map.of("defect", defect.id()) : Map.of("configuration", configuration.name());
        // without the defect it is the promise that is judged, and that is stated under the configuration's write order
        Defect.Trial trial = switchedOn ? defect.trial() : defect.trial().judgedUnder(configuration.writeOrder());
        return busy(configuration, trial, settings, guarantees, operations, seed);
    }

    private static Plan busy(
            Configuration configuration,
            Defect.Trial trial,
            Map<String, String> settings,
            List<String> guarantees,
            long operations,
            long seed) {
        String workload = trial.workload().orElse(configuration.workloads().get(0));
        boolean ownOptions = !trial.options().isEmpty() || !workload.equals(REGISTER);
        return plan(
                configuration.nodes(),
                settings,
                new Plan.WorkloadPlan(workload, ownOptions ? trial.options() : FEW_KEYS),
                operations,
                0,
                names(trial.faults().isEmpty() ? configuration.faults() : trial.faults()),
                guarantees,
                trial.writeOrder().orElse(configuration.writeOrder()),
                seed);
    }

    private static List<String> names(Set<FaultKind> faults) {
        return faults.stream().map(FaultKind::optionName).sorted().toList();
    }

    private static Plan plan(
            int nodes,
            Map<String, String> settings,
            Plan.WorkloadPlan workload,
            long operations,
            double ratePerSecond,
            List<String> nemesis,
            List<String> guarantees,
            String writeOrder,
            long seed) {
        return new Plan(
                Plan.VERSION,
                "simulated",
                nodes,
                settings,
                workload,
                8,
                10,
                OptionalLong.of(operations),
                OptionalLong.empty(),
                ratePerSecond,
                400,
                10_000,
                new Plan.NemesisPlan(nemesis, 20, 150, 80, 500),
                guarantees,
                writeOrder,
                seed,
                false);
    }
}
