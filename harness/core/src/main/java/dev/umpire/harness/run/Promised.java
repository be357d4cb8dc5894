package dev.umpire.harness.run;

import dev.umpire.checkers.Guarantee;
import dev.umpire.harness.nemesis.NemesisKinds;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Promises;
import dev.umpire.harness.plan.Promises.Promise;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a store promises of a run, for those who read its verdicts beside it.
 *
 * @param by who promises it, for people: {@code configuration sl-token}
 * @param guarantees names of what is promised, each once
 * @param writeOrder name of the write order assumption under which it is promised
 * @param beyond names of the faults and settings of the run, {@code clock} and {@code reads=leader}, under which it is not
 *     promised, also {@code clock worse than a nemesis draws it} of a schedule; empty: it covers all of them
 */
public record Promised(String by, List<String> guarantees, String writeOrder, List<String> beyond) {
    public Promised {
        guarantees = guarantees.stream()
                .map(one -> Guarantee.named(one).name())
                .distinct()
                .toList();
        beyond = List.copyOf(beyond);
    }

    /**
     * What a configuration promises of a run.
     *
     * @param strikes the faults of the run
     * @param departures settings of the run that are not the configuration's, from {@link SettingsResolver#departures}
     */
    public static Promised of(
            Configuration configuration, Collection<FaultKind> strikes, Collection<String> departures) {
        return new Promised(
                "configuration " + configuration.name(),
                configuration.promise(),
                configuration.writeOrder(),
                Stream.concat(configuration.uncovered(strikes).stream(), departures.stream())
                        .toList());
    }

    /** The same of a run in which these were worse than a nemesis draws them, which no promise covers. */
    Promised butNotUnderWorse(Collection<FaultKind> kinds) {
        List<String> worse = kinds.stream()
                .map(FaultKind::optionName)
                .filter(name -> !beyond.contains(name))
                .map(name -> name + " worse than a nemesis draws it")
                .toList();
        return new Promised(
                by,
                guarantees,
                writeOrder,
                Stream.concat(beyond.stream(), worse.stream()).toList());
    }

    /**
     * The promise of a file that is meant for a run.
     *
     * @param target of the run; empty: it is not known, so that nobody can say where it was otherwise than its configuration
     * @throws IllegalArgumentException if the target does not know what the plan names
     */
    public static Optional<Promise> meant(Promises promises, Plan plan, Optional<Target> target) {
        if (target.isEmpty()) {
            return promises.of(
                    plan, Set.copyOf(NemesisKinds.of(plan.nemesis(), EnumSet.allOf(FaultKind.class))), List.of());
        }
        Settings settings = SettingsResolver.resolve(target.get(), plan.settings());
        return promises.of(
                plan,
                Set.copyOf(NemesisKinds.of(plan.nemesis(), target.get(), settings, plan.nodes())),
                SettingsResolver.departures(target.get(), settings));
    }

    /** The words for a run of which a file of promises says nothing: {@code a run of redis with {} and ...}. */
    public static String sought(Plan plan) {
        return "a run of " + plan.target() + " with " + plan.settings() + ", the workload "
                + plan.workload().name() + " and the nemesis "
                + (plan.nemesis().names().isEmpty()
                        ? NemesisKinds.NONE
                        : String.join(",", plan.nemesis().names()));
    }

    /**
     * What a file of promises holds a run to for which it is meant.
     *
     * @param file as people know it
     */
    public static Promised of(Promise promise, String file) {
        return new Promised(promise.name() + " of " + file, promise.judged(), promise.writeOrder(), List.of());
    }
}
