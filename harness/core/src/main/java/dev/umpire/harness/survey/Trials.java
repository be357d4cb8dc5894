package dev.umpire.harness.survey;

import dev.umpire.checkers.Guarantee;
import dev.umpire.harness.plan.Load;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The plans of surveys: short runs in virtual time in which faults come and go within tenths of a second.
 *
 * <p>A defect is tried with sessions that ask as fast as they are answered, since lag shows there, and with few keys that are
 * soon retired, since lost tails show there. What a configuration keeps is looked at under a steady rate, which goes on while
 * nodes are away.
 */
public final class Trials {
    private static final int SESSIONS = 8;
    private static final int MOVE_EVERY = 10;
    private static final long DEFECT_OPERATIONS = 2_000;
    private static final long PROMISE_OPERATIONS = 600;
    private static final double PROMISE_RATE_PER_SECOND = 600;
    private static final long OPERATION_TIMEOUT_MILLIS = 400;
    private static final long CONVERGENCE_TIMEOUT_MILLIS = 10_000;
    private static final long LEAST_GAP_MILLIS = 20;
    private static final long MOST_GAP_MILLIS = 150;
    private static final Defect.Hold HOLD = new Defect.Hold(80, 500);

    private static final String REGISTER = "register";
    /** To a checker of whole histories a read of several keys makes one object of them, which is often more than it can. */
    private static final Map<String, String> SINGLE_KEYS = Map.of("snapshot-percent", "0");

    private static final List<String> OF_WHOLE_HISTORIES = List.of("linearizable", "sequential");
    /** What reads of one key each cannot break. */
    private static final List<String> OF_SEVERAL_KEYS =
            List.of("consistent-prefix", "strict-consistent-prefix", "monotonic-prefix");

    private Trials() {}

    /** The plan that is to bring a defect out. */
    public static Plan of(
            Target target, Configuration configuration, Defect defect, List<String> guarantees, long seed) {
        return trial(
                target,
                configuration,
                defect.trial(),
                Map.of(SettingsResolver.DEFECT, defect.id()),
                guarantees,
                defect.trial().writeOrder().orElse(configuration.writeOrder()),
                seed);
    }

    /** The plan that is to bring a defect out, without the defect: what the configuration promises is kept. */
    public static Plan withoutDefect(
            Target target, Configuration configuration, Defect defect, List<String> guarantees, long seed) {
        return trial(
                target,
                configuration,
                defect.trial(),
                Map.of(SettingsResolver.CONFIGURATION, configuration.name()),
                guarantees,
                configuration.writeOrder(),
                seed);
    }

    private static Plan trial(
            Target target,
            Configuration configuration,
            Defect.Trial trial,
            Map<String, String> settings,
            List<String> guarantees,
            String writeOrder,
            long seed) {
        String workload = trial.workload().orElse(configuration.workloads().get(0));
        boolean ownOptions = !trial.options().isEmpty() || !workload.equals(REGISTER);
        return plan(
                target,
                configuration.nodes(),
                settings,
                new Plan.WorkloadPlan(
                        workload,
                        ownOptions
                                ? trial.options()
                                : options(workload, Defect.Trial.FEW_KEYS, shown(guarantees, seed))),
                DEFECT_OPERATIONS,
                0,
                trial.faults().isEmpty() ? configuration.faults() : trial.faults(),
                trial.hold().orElse(HOLD),
                guarantees,
                writeOrder,
                seed);
    }

    /** Where one wants reads of several keys and the other cannot do with them, seeds take turns. */
    private static List<String> shown(List<String> guarantees, long seed) {
        boolean severalKeys = seed % 2 == 0 && guarantees.stream().anyMatch(OF_SEVERAL_KEYS::contains);
        return severalKeys
                ? guarantees.stream()
                        .filter(name -> !OF_WHOLE_HISTORIES.contains(name))
                        .toList()
                : guarantees;
    }

    /** The plan that shows what a configuration keeps under some faults; its workloads take turns with the seeds. */
    public static Plan of(
            Target target,
            Configuration configuration,
            Collection<FaultKind> faults,
            List<String> guarantees,
            long seed) {
        List<String> workloads = configuration.workloads();
        String workload = workloads.get(Math.floorMod(seed, workloads.size()));
        return plan(
                target,
                configuration.nodes(),
                Map.of(SettingsResolver.CONFIGURATION, configuration.name()),
                new Plan.WorkloadPlan(workload, options(workload, Map.of(), configuration.promise())),
                PROMISE_OPERATIONS,
                PROMISE_RATE_PER_SECOND,
                faults,
                HOLD,
                guarantees,
                configuration.writeOrder(),
                seed);
    }

    /** As {@link #of(Target, Configuration, Collection, List, long)}, judged by what the workload can show of the promise. */
    public static Plan ofPromise(Target target, Configuration configuration, Collection<FaultKind> faults, long seed) {
        Plan plan = of(target, configuration, faults, List.of(), seed);
        return plan.judgedBy(configuration.promise(plan.workload().name()).stream()
                .map(name -> Guarantee.named(name).name())
                .distinct()
                .toList());
    }

    private static Map<String, String> options(String workload, Map<String, String> usual, List<String> guarantees) {
        Map<String, String> options = new LinkedHashMap<>(usual);
        if (workload.equals(REGISTER) && guarantees.stream().anyMatch(OF_WHOLE_HISTORIES::contains)) {
            options.putAll(SINGLE_KEYS);
        }
        return options;
    }

    private static Plan plan(
            Target target,
            int nodes,
            Map<String, String> settings,
            Plan.WorkloadPlan workload,
            long operations,
            double ratePerSecond,
            Collection<FaultKind> faults,
            Defect.Hold hold,
            List<String> guarantees,
            String writeOrder,
            long seed) {
        return new Plan(
                Plan.VERSION,
                target.name(),
                nodes,
                settings,
                workload,
                SESSIONS,
                MOVE_EVERY,
                OptionalLong.of(operations),
                OptionalLong.empty(),
                ratePerSecond,
                Load.CLOSED.label(),
                OPERATION_TIMEOUT_MILLIS,
                CONVERGENCE_TIMEOUT_MILLIS,
                new Plan.NemesisPlan(
                        faults.stream().sorted().map(FaultKind::optionName).toList(),
                        LEAST_GAP_MILLIS,
                        MOST_GAP_MILLIS,
                        hold.leastMillis(),
                        hold.mostMillis()),
                guarantees,
                writeOrder,
                seed,
                false);
    }
}
