package dev.umpire.harness.plan;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.SettingsResolver;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a team holds its store to, so that a build fails on what got worse and not on what nobody ever promised. People edit it.
 *
 * @param version of this shape; {@link #VERSION}
 * @param promises one for each way in which the store is used; their names differ
 */
public record Promises(int version, List<Promise> promises) {
    /** The version that this program writes and reads. */
    public static final int VERSION = 1;

    /** The target of a promise that holds for every history, also for one of which no plan is known. */
    public static final String ANY_TARGET = "any";

    /** The faults of a promise that is meant for runs which nothing strikes but what strikes clients. */
    public static final List<String> NO_FAULT = List.of("none");

    public Promises {
        promises = List.copyOf(promises);
        if (version != VERSION) {
            throw new IllegalArgumentException("version: found " + version + ", expected " + VERSION);
        }
        Set<String> names = new TreeSet<>();
        for (Promise promise : promises) {
            if (!names.add(promise.name())) {
                throw new IllegalArgumentException(
                        "promises: found the name " + promise.name() + " twice, expected names that differ");
            }
        }
    }

    /**
     * One promise.
     *
     * @param name what people call it
     * @param target the target's name, or {@link #ANY_TARGET}
     * @param settings those that a run must have had for this to be meant; empty: any
     * @param workloads one of which a run must have had for this to be meant, as no workload shows everything; empty: any
     * @param faults names of those that may strike a run for which this is meant, {@code crash}, beside those of clients, which
     *     break no promise; {@code none} alone: no other may; empty: any may
     * @param guarantees names of what must hold
     * @param writeOrder name of the write order assumption under which they are judged
     * @param known what is broken for the time being, and is not to fail a build
     */
    public record Promise(
            String name,
            String target,
            Map<String, String> settings,
            List<String> workloads,
            List<String> faults,
            List<String> guarantees,
            String writeOrder,
            List<KnownAnomaly> known) {
        public Promise {
            settings = Collections.unmodifiableMap(new TreeMap<>(settings));
            workloads = List.copyOf(workloads);
            faults = List.copyOf(faults);
            requireKnown(faults);
            guarantees = named(guarantees);
            known = List.copyOf(known);
            if (guarantees.isEmpty()) {
                throw new IllegalArgumentException("guarantees: found none in " + name + ", expected one or more");
            }
            List<String> orders = Arrays.stream(WriteOrder.values())
                    .map(WriteOrder::optionName)
                    .toList();
            if (!orders.contains(writeOrder)) {
                throw new IllegalArgumentException("writeOrder: found " + writeOrder + ", expected one of " + orders);
            }
        }

        private static void requireKnown(List<String> faults) {
            List<String> all =
                    Arrays.stream(FaultKind.values()).map(FaultKind::optionName).toList();
            if (!faults.equals(NO_FAULT) && !all.containsAll(faults)) {
                throw new IllegalArgumentException(
                        "faults: found " + faults + ", expected names among " + all + ", or none alone");
            }
        }

        /** Unknown names are refused, and each guarantee is called by its one name. */
        private static List<String> named(Collection<String> guarantees) {
            return guarantees.stream()
                    .map(one -> Guarantee.named(one).name())
                    .distinct()
                    .toList();
        }

        /** All that is to be judged: what must hold, and what is known not to. */
        public List<String> judged() {
            Set<String> all = new LinkedHashSet<>(guarantees);
            known.forEach(one -> all.add(one.guarantee()));
            return List.copyOf(all);
        }

        /** What must hold on a day: all but what is known to be broken then. */
        public Set<String> required(LocalDate day) {
            Set<String> required = new LinkedHashSet<>(judged());
            known.stream().filter(one -> one.isInForce(day)).forEach(one -> required.remove(one.guarantee()));
            return required;
        }

        private Promise knowing(List<KnownAnomaly> others) {
            List<KnownAnomaly> all = new ArrayList<>(others);
            known.stream()
                    .filter(one ->
                            others.stream().noneMatch(other -> other.guarantee().equals(one.guarantee())))
                    .forEach(all::add);
            return new Promise(name, target, settings, workloads, faults, guarantees, writeOrder, all);
        }

        /** Whether this is meant for a run of a target with these settings and this workload that is struck by these. */
        private boolean covers(String runOf, Map<String, String> with, String workload, Set<FaultKind> strikes) {
            return (target.equals(ANY_TARGET) || target.equals(runOf))
                    && (workloads.isEmpty() || workloads.contains(workload))
                    && with.entrySet().containsAll(settings.entrySet())
                    && (faults.isEmpty()
                            || strikes.stream()
                                    .allMatch(kind -> kind.ofClients() || faults.contains(kind.optionName())));
        }

        /** Whether a run with these departures is of another store than that of the configuration which this names. */
        private boolean isOfAnother(Collection<String> departures) {
            return settings.containsKey(SettingsResolver.CONFIGURATION)
                    && !departures.stream()
                            .allMatch(one -> settings.entrySet().stream()
                                    .anyMatch(setting -> one.equals(setting.getKey() + "=" + setting.getValue())));
        }

        /** How much of a run this names. */
        private int namedOfRun() {
            return settings.size()
                    + (target.equals(ANY_TARGET) ? 0 : 1)
                    + (workloads.isEmpty() ? 0 : 1)
                    + (faults.isEmpty() ? 0 : 1);
        }
    }

    /**
     * A guarantee that is promised and known to be broken.
     *
     * @param guarantee its name
     * @param reason why it is borne, for those who read it later
     * @param until the last day on which it fails no build
     */
    public record KnownAnomaly(String guarantee, String reason, LocalDate until) {
        public KnownAnomaly {
            guarantee = Guarantee.named(guarantee).name();
            if (reason.isBlank()) {
                throw new IllegalArgumentException(
                        "reason: found none for " + guarantee + ", expected why it is borne");
            }
        }

        /** Whether it is borne on a day. */
        public boolean isInForce(LocalDate day) {
            return !day.isAfter(until);
        }
    }

    /** Promises none yet. */
    public static Promises none() {
        return new Promises(VERSION, List.of());
    }

    /**
     * The same with another promise, in the place of the one of its name if there is one, whose known anomalies stay with
     * it.
     */
    public Promises with(Promise other) {
        List<Promise> changed = new ArrayList<>();
        boolean replaced = false;
        for (Promise one : promises) {
            boolean same = one.name().equals(other.name());
            replaced |= same;
            changed.add(same ? other.knowing(one.known()) : one);
        }
        if (!replaced) {
            changed.add(other);
        }
        return new Promises(version, changed);
    }

    /** The promise of that name. */
    public Optional<Promise> named(String name) {
        return promises.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /**
     * The promise that is meant for a run; of several the one that names most of it, and of these the first. One that names a
     * configuration is meant for the store of that alone, with no other settings but those that it names, too.
     *
     * @param strikes the faults of the run
     * @param departures settings of the run that are not those of its configuration, from {@link SettingsResolver#departures}
     */
    public Optional<Promise> of(Plan plan, Set<FaultKind> strikes, Collection<String> departures) {
        return meant(
                promises.stream().filter(one -> !one.isOfAnother(departures)),
                plan.target(),
                plan.settings(),
                plan.workload().name(),
                strikes);
    }

    /** The promise that is meant for a history of which no plan is known, so that anything may have struck it. */
    public Optional<Promise> ofAnything() {
        return meant(promises.stream(), "", Map.of(), "", EnumSet.allOf(FaultKind.class));
    }

    private static Optional<Promise> meant(
            Stream<Promise> among,
            String target,
            Map<String, String> settings,
            String workload,
            Set<FaultKind> strikes) {
        return among.filter(one -> one.covers(target, settings, workload, strikes))
                .min(Comparator.comparingInt(one -> -one.namedOfRun()));
    }
}
