package dev.umpire.harness.cli;

import dev.umpire.checkers.Guarantee;
import dev.umpire.harness.cli.option.Span;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Plan.NemesisPlan;
import dev.umpire.harness.plan.Plan.WorkloadPlan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.plan.UsualGuarantees;
import dev.umpire.harness.survey.Trials;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.InContainers;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import dev.umpire.harness.workload.Workloads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The plan of a target where nothing else is said.
 *
 * <p>A simulated target is struck by partitions from the start, so that the first run already shows something; a real one
 * is only struck when somebody says so.
 */
final class PlanDefaults {
    private static final long SIMULATED_OPERATIONS = 20_000;
    private static final long FIRST_SEED = 1;

    private PlanDefaults() {}

    /** The defaults of a target with these settings. */
    static Plan of(Target target, Map<String, String> settings) {
        PlanBuilder plan = PlanBuilder.of(target, settings);
        if (target.simulated()) {
            plan.operations(SIMULATED_OPERATIONS).nemesis(struck(target, settings));
        }
        SettingsResolver.defect(target, SettingsResolver.resolve(target, settings))
                .ifPresent(defect -> bringOut(defect.trial(), plan));
        WorkloadPlan asked = plan.build().workload();
        return plan.guarantees(guarantees(target, settings, asked).toArray(String[]::new))
                .build();
    }

    /** What is judged of a workload: what it can show of such a store, and what the defect is to break, if one is chosen. */
    static List<String> guarantees(Target target, Map<String, String> settings, WorkloadPlan asked) {
        Settings resolved = SettingsResolver.resolve(target, settings);
        Set<String> guarantees =
                new LinkedHashSet<>(UsualGuarantees.of(target, resolved, Workloads.named(asked.name()), asked.options())
                        .judged());
        SettingsResolver.defect(target, resolved).ifPresent(defect -> guarantees.addAll(broken(defect)));
        return List.copyOf(guarantees);
    }

    /** The defaults for one of many runs: where a defect is named, the plan of a survey that is to bring it out. */
    static Plan ofMany(Target target, Map<String, String> settings) {
        return SettingsResolver.defect(target, SettingsResolver.resolve(target, settings))
                .map(defect -> trial(target, defect))
                .orElseGet(() -> of(target, settings));
    }

    /** What is judged of one of many runs: where a defect is named, what that is to break, and nothing that breaks without it. */
    static List<String> guaranteesOfMany(Target target, Map<String, String> settings, WorkloadPlan asked) {
        return SettingsResolver.defect(target, SettingsResolver.resolve(target, settings))
                .map(PlanDefaults::broken)
                .orElseGet(() -> guarantees(target, settings, asked));
    }

    private static List<String> broken(Defect defect) {
        return defect.breaks().stream()
                .map(name -> Guarantee.named(name).name())
                .distinct()
                .toList();
    }

    private static Plan trial(Target target, Defect defect) {
        Configuration configuration = SettingsResolver.configuration(target, defect.configuration());
        return Trials.of(target, configuration, defect, broken(defect), FIRST_SEED);
    }

    /** Partitions, where the target with these settings can be given them. */
    private static String[] struck(Target target, Map<String, String> settings) {
        return target.faults(SettingsResolver.resolve(target, settings)).contains(FaultKind.PARTITION)
                ? new String[] {FaultKind.PARTITION.optionName()}
                : new String[0];
    }

    /** What differs where a defect is to be seen. */
    private static void bringOut(Defect.Trial trial, PlanBuilder plan) {
        trial.workload().ifPresent(workload -> plan.workload(workload, trial.options()));
        trial.writeOrder().ifPresent(plan::writeOrder);
        if (!trial.faults().isEmpty()) {
            plan.nemesis(
                    trial.faults().stream().sorted().map(FaultKind::optionName).toArray(String[]::new));
        }
        trial.hold()
                .ifPresent(
                        hold -> plan.hold(Duration.ofMillis(hold.leastMillis()), Duration.ofMillis(hold.mostMillis())));
    }

    /** What the settings make of the target. */
    static String describe(Target target, Plan plan) {
        return InContainers.describe(target, SettingsResolver.resolve(target, plan.settings()));
    }

    /** The configuration that is chosen, by its name or by that of a defect. */
    static Optional<Configuration> configuration(Target target, Map<String, String> settings) {
        return SettingsResolver.configuration(target, SettingsResolver.resolve(target, settings));
    }

    /** The command that makes this plan again: every option that differs from the default, but {@code --schedule}. */
    static String command(Plan plan, Target target) {
        Plan base = of(target, plan.settings());
        List<String> words = new ArrayList<>(List.of("./umpire", "run", plan.target()));
        plan.settings()
                .forEach((name, value) -> words.addAll(
                        name.equals(SettingsResolver.DEFECT)
                                ? List.of("--defect", value)
                                : List.of("--set", name + "=" + value)));
        if (!plan.workload().name().equals(base.workload().name())) {
            words.addAll(List.of("--workload", plan.workload().name()));
        }
        options(words, plan.workload(), base.workload());
        differing(words, "--nodes", plan.nodes(), base.nodes());
        differing(words, "--sessions", plan.sessions(), base.sessions());
        differing(words, "--move-every", plan.moveEvery(), base.moveEvery());
        if (!plan.operations().equals(base.operations())
                || !plan.durationMillis().equals(base.durationMillis())) {
            plan.operations().ifPresent(count -> words.addAll(List.of("--ops", Long.toString(count))));
            plan.durationMillis().ifPresent(millis -> words.addAll(List.of("--time", span(millis))));
        }
        if (plan.ratePerSecond() != base.ratePerSecond()) {
            words.addAll(List.of("--rate", Double.toString(plan.ratePerSecond())));
        }
        differing(words, "--load", plan.load(), base.load());
        differing(words, "--timeout", span(plan.operationTimeoutMillis()), span(base.operationTimeoutMillis()));
        differing(words, "--converge", span(plan.convergenceTimeoutMillis()), span(base.convergenceTimeoutMillis()));
        nemesis(words, plan.nemesis(), base.nemesis());
        differing(
                words,
                "--guarantees",
                String.join(",", plan.guarantees()),
                String.join(",", guarantees(target, plan.settings(), plan.workload())));
        differing(words, "--write-order", plan.writeOrder(), base.writeOrder());
        if (plan.failFast()) {
            words.add("--fail-fast");
        }
        words.addAll(List.of("--seed", Long.toString(plan.seed())));
        return String.join(" ", words.stream().map(PlanDefaults::quoted).toList());
    }

    /** Also what is as the workload has it by default, where the configuration would have it otherwise. */
    private static void options(List<String> words, WorkloadPlan plan, WorkloadPlan base) {
        Map<String, String> options = new TreeMap<>(plan.options());
        if (plan.name().equals(base.name())) {
            Workloads.named(plan.name()).options().stream()
                    .filter(option -> base.options().containsKey(option.name()))
                    .forEach(option -> options.putIfAbsent(option.name(), option.byDefault()));
        }
        options.forEach((name, value) -> words.addAll(List.of("--with", name + "=" + value)));
    }

    private static void nemesis(List<String> words, NemesisPlan plan, NemesisPlan base) {
        String none = "none";
        if (plan.schedule().isEmpty()) {
            differing(
                    words,
                    "--nemesis",
                    plan.kinds().isEmpty() ? none : String.join(",", plan.kinds()),
                    base.kinds().isEmpty() ? none : String.join(",", base.kinds()));
        }
        differing(words, "--gap", gap(plan), gap(base));
        differing(words, "--hold", hold(plan), hold(base));
    }

    private static String gap(NemesisPlan plan) {
        return new Span.Range(plan.leastGapMillis(), plan.mostGapMillis()).typed();
    }

    private static String hold(NemesisPlan plan) {
        return new Span.Range(plan.leastHoldMillis(), plan.mostHoldMillis()).typed();
    }

    private static String span(long millis) {
        return Span.typed(millis);
    }

    private static void differing(List<String> words, String option, Object value, Object byDefault) {
        if (!value.equals(byDefault)) {
            words.addAll(List.of(option, value.toString()));
        }
    }

    /** A word for a POSIX shell. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./,=:+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
