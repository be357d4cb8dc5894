package dev.umpire.harness.run;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Generators;
import dev.umpire.harness.interpreter.SessionLimits;
import dev.umpire.harness.nemesis.Nemesis;
import dev.umpire.harness.nemesis.NemesisKinds;
import dev.umpire.harness.nemesis.NemesisSchedule;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.plan.UsualGuarantees;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.InContainers;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import dev.umpire.harness.workload.Workload;
import dev.umpire.harness.workload.Workloads;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A plan whose names are all resolved: nothing in it is refused later.
 *
 * @param plan its schedule is what the script strikes, where there is one
 * @param kinds what strikes, drawn or by the script
 * @param guarantees that were asked for
 * @param script what is asked and strikes, in the place of what workload and nemesis draw, given beside the plan or of its schedule;
 *     empty: they draw
 */
record PreparedRun(
        Plan plan,
        Target target,
        Settings settings,
        Workload workload,
        List<FaultKind> kinds,
        List<Guarantee> guarantees,
        CheckOptions options,
        Optional<Script> script) {

    /**
     * Resolves what the plan names.
     *
     * @throws IllegalArgumentException if it names something that does not exist, or asks for what the target cannot do
     */
    static PreparedRun of(Plan plan, Target target) {
        return of(plan, target, Optional.empty());
    }

    /** The same for a script, which outranks the plan's schedule. */
    static PreparedRun of(Plan asked, Target target, Optional<Script> given) {
        if (!asked.target().equals(target.name())) {
            throw new IllegalArgumentException("target: found " + target.name() + ", expected " + asked.target());
        }
        Plan plan = given.map(script -> asked.struckBy(script.strikes())).orElse(asked);
        Optional<Script> script = given.isPresent() ? given : scheduled(plan);
        Settings settings = SettingsResolver.resolve(target, plan.settings());
        Set<FaultKind> possible = InContainers.faults(target, settings);
        List<FaultKind> kinds = NemesisKinds.of(plan.nemesis(), target, settings, plan.nodes());
        Function<FaultKind, Optional<String>> missing = kind -> InContainers.missingFor(target, settings, kind);
        NemesisKinds.requirePossible(kinds, possible, missing, target::leastNodes, target.name(), plan.nodes());
        NemesisKinds.requireNodes(plan.nemesis().kinds(), plan.nodes());
        if (script.isPresent()) {
            Nemesis.requirePossible(script.get(), Node.firstOf(plan.nodes()));
            requireSessions(script.get(), plan.sessions());
        }
        target.requirePossible(settings, plan.nodes());
        PreparedRun prepared = new PreparedRun(
                plan,
                target,
                settings,
                Workloads.named(plan.workload().name()),
                kinds,
                guarantees(plan.guarantees()),
                CheckOptions.DEFAULT.with(WriteOrder.named(plan.writeOrder())),
                script);
        prepared.mainPhase(new KeyedRandom(plan.seed())); // refuses options of the workload that cannot be
        return prepared;
    }

    private static void requireSessions(Script script, int sessions) {
        for (Script.Ask ask : script.asks()) {
            if (ask.session() < 0 || ask.session() >= sessions) {
                throw new IllegalArgumentException("session: found " + ask.session() + " in the script, expected 0 to "
                        + (sessions - 1) + ", as the plan has " + sessions);
            }
        }
    }

    private static Optional<Script> scheduled(Plan plan) {
        List<Script.Strike> schedule = plan.nemesis().schedule();
        return schedule.isEmpty() ? Optional.empty() : Optional.of(Script.ofStrikes(schedule));
    }

    /** What is to strike. */
    Set<FaultKind> faults() {
        return Set.copyOf(kinds);
    }

    /** Sessions and nemesis, until the plan's end. */
    Generator mainPhase(KeyedRandom random) {
        if (script.isPresent() && !script.get().drawn()) {
            return ScriptedAsks.of(script.get());
        }
        Generator requests = workload.generator(plan.workload().options(), target.functions(settings), random);
        Generator clients = requests;
        if (plan.ratePerSecond() > 0) {
            clients = plan.arrivals()
                    .map(times -> Generators.arrivals(times, requests))
                    .orElseGet(() -> Generators.stagger("session/rate", plan.ratePerSecond(), requests));
        }
        if (plan.operations().isPresent()) {
            clients = Generators.limit(plan.operations().getAsLong(), clients);
        }
        if (plan.durationMillis().isPresent()) {
            clients = Generators.timeLimit(
                    TimeUnit.MILLISECONDS.toNanos(plan.durationMillis().getAsLong()), clients);
        }
        return kinds.isEmpty() || script.isPresent()
                ? clients
                : Generators.onNemesis(NemesisSchedule.of(kinds, plan.nemesis()), clients);
    }

    /** What the configuration that the settings name promises of the run. */
    Optional<Promised> promised() {
        return SettingsResolver.configuration(target, settings)
                .map(chosen -> Promised.of(chosen, kinds, SettingsResolver.departures(target, settings))
                        .butNotUnderWorse(NemesisKinds.worseThanDrawn(plan.nemesis(), target, plan.nodes())));
    }

    /** As {@link Run#notAsked}. */
    List<String> notAsked() {
        return UsualGuarantees.notAsked(plan, target);
    }

    /** What looks on while the run goes on. */
    Watch watch() {
        return plan.failFast() ? Watch.over(guarantees, options) : Watch.none();
    }

    List<Request> finalReads(Collection<Value> keys, List<Node> nodes) {
        return workload.finalReads(keys, nodes);
    }

    SessionLimits limits() {
        return new SessionLimits(
                plan.sessions(), plan.moveEvery(), TimeUnit.MILLISECONDS.toNanos(plan.operationTimeoutMillis()));
    }

    private static List<Guarantee> guarantees(List<String> names) {
        List<Guarantee> guarantees = new ArrayList<>();
        for (String name : names) {
            guarantees.add(Guarantee.named(name));
        }
        return guarantees;
    }
}
