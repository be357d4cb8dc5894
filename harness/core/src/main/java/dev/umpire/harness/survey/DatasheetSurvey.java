package dev.umpire.harness.survey;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.lattice.Lattice;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.survey.Datasheet.Basis;
import dev.umpire.harness.survey.Datasheet.Finding;
import dev.umpire.harness.survey.Datasheet.FirstBreak;
import dev.umpire.harness.survey.Datasheet.Gap;
import dev.umpire.harness.survey.Datasheet.Row;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.InContainers;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Looks what the configurations of a target keep under each fault. */
public final class DatasheetSurvey {

    /** A guarantee whose name alone says nothing: it takes a bound. */
    private static final String WITHOUT_A_BOUND = "bounded-staleness";

    private final SheetRuns runs;
    private final Predicate<String> wanted;

    /** @param wanted the names of the rows that are to be made */
    public DatasheetSurvey(SheetRuns runs, Predicate<String> wanted) {
        this.runs = runs;
        this.wanted = wanted;
    }

    /**
     * A row to be made.
     *
     * @param fault its name
     * @param covered whether the promise covers it
     */
    private record Planned(String fault, boolean covered, Set<FaultKind> kinds) {}

    /** Takes a row as soon as it is made. */
    @FunctionalInterface
    public interface RowTaker {
        void take(Row row);
    }

    /** The names of the rows that a sheet may have. */
    public static List<String> faults() {
        return Stream.concat(
                        Stream.concat(
                                Stream.of(Datasheet.NO_FAULT),
                                Stream.of(FaultKind.values()).map(FaultKind::optionName)),
                        Stream.of(Datasheet.ALL_COVERED))
                .toList();
    }

    /**
     * The names of the rows of a configuration's sheet, in their order; each takes all seeds.
     *
     * @throws IllegalArgumentException if the settings of the runs cannot be
     */
    public List<String> rows(Configuration configuration) {
        return planned(configuration).stream().map(Planned::fault).toList();
    }

    /**
     * Makes the rows of a sheet one after another.
     *
     * @throws IllegalStateException if a run in virtual time could not be carried out; the message names the seed
     * @throws dev.umpire.harness.environment.LoopInterruptedException if the program was told to end; what was taken stands
     */
    public void survey(Configuration configuration, RowTaker taker) {
        for (Planned planned : planned(configuration)) {
            taker.take(row(configuration, planned));
        }
    }

    /**
     * A kind that the promise covers and that cannot be done here has a row, which says why not. What strikes clients alone is
     * covered: no promise of a store says what lies between the two.
     */
    private List<Planned> planned(Configuration configuration) {
        Set<FaultKind> possible = possible(configuration);
        Set<FaultKind> covered = EnumSet.noneOf(FaultKind.class);
        covered.addAll(configuration.faults());
        possible.stream().filter(FaultKind::ofClients).forEach(covered::add);
        List<Planned> planned = new ArrayList<>();
        planned.add(new Planned(Datasheet.NO_FAULT, true, Set.of()));
        for (FaultKind kind : FaultKind.values()) {
            if (possible.contains(kind) || covered.contains(kind)) {
                planned.add(new Planned(kind.optionName(), covered.contains(kind), Set.of(kind)));
            }
        }
        covered.retainAll(possible);
        planned.add(new Planned(Datasheet.ALL_COVERED, true, covered));
        return planned.stream().filter(one -> wanted.test(one.fault())).toList();
    }

    private Set<FaultKind> possible(Configuration configuration) {
        Target target = runs.target();
        return InContainers.faults(target, SettingsResolver.resolve(target, runs.settings(configuration)));
    }

    private Row row(Configuration configuration, Planned planned) {
        List<String> judged = judged(configuration);
        Map<String, Tally> tallies = new LinkedHashMap<>();
        judged.forEach(name -> tallies.put(name, new Tally()));
        BasisTally basis = new BasisTally();
        Optional<Gap> gap = runs.make(seed -> runs.plan(configuration, planned.kinds(), judged, seed), seen -> {
            basis.add(seen);
            seen.answers()
                    .forEach((name, answer) ->
                            tallies.computeIfAbsent(name, absent -> new Tally()).add(name, answer, seen));
        });
        return new Row(
                planned.fault(),
                names(planned.kinds()),
                planned.covered(),
                basis.basis(),
                findings(configuration, tallies),
                unjudged(configuration, tallies),
                gap);
    }

    private static List<String> names(Collection<FaultKind> kinds) {
        return kinds.stream().sorted().map(FaultKind::optionName).toList();
    }

    private static List<Finding> findings(Configuration configuration, Map<String, Tally> tallies) {
        WriteOrder order = Datasheet.order(configuration);
        List<String> promise = promise(configuration);
        List<Finding> findings = new ArrayList<>();
        tallies.forEach((name, tally) -> {
            boolean promised =
                    promise.stream().anyMatch(one -> one.equals(name) || Datasheet.follows(name, one, order));
            findings.add(new Finding(name, promised, tally.held, tally.undecided, tally.alwaysHeldBy(), tally.broken));
        });
        return findings;
    }

    private static List<String> unjudged(Configuration configuration, Map<String, Tally> tallies) {
        return promise(configuration).stream()
                .filter(name ->
                        !Optional.ofNullable(tallies.get(name)).orElseThrow().isJudged())
                .toList();
    }

    private static List<String> promise(Configuration configuration) {
        return configuration.promise().stream()
                .map(one -> Guarantee.named(one).name())
                .toList();
    }

    /** All that has a checker and what is promised, weakest first. */
    private static List<String> judged(Configuration configuration) {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(
                        Guarantee.all().stream().map(Guarantee::name).filter(name -> !name.equals(WITHOUT_A_BOUND)),
                        promise(configuration).stream())
                .sorted(Comparator.comparingInt(Lattice::height))
                .forEach(names::add);
        return List.copyOf(names);
    }

    /** Counts what is said of one guarantee. */
    private static final class Tally {
        private long held;
        private long undecided;
        /** By workload, whether no run of it was judged otherwise than that this is kept. */
        private final Map<String, Boolean> heldByWorkload = new TreeMap<>();

        /** The workloads of which a run that lacks no evidence kept it. */
        private final Set<String> shownBy = new TreeSet<>();

        private Optional<FirstBreak> broken = Optional.empty();

        Set<String> alwaysHeldBy() {
            Set<String> workloads = new TreeSet<>(shownBy);
            workloads.removeIf(workload -> !heldByWorkload.getOrDefault(workload, false));
            return workloads;
        }

        void add(String name, Answer answer, Seen seen) {
            heldByWorkload.merge(seen.workload(), answer == Answer.VALID, Boolean::logicalAnd);
            if (answer == Answer.INVALID) {
                if (broken.isEmpty()) {
                    broken = Optional.of(FirstBreak.of(name, seen));
                }
            } else if (answer == Answer.VALID && seen.missing().isEmpty()) {
                held++;
                shownBy.add(seen.workload());
            } else {
                undecided++; // a run that lacks evidence shows what it breaks, and not what it keeps
            }
        }

        boolean isJudged() {
            return held > 0 || broken.isPresent();
        }
    }

    /** Counts what stands behind a row. */
    private static final class BasisTally {
        private long runs;
        private long operations;
        private long faults;
        private final Set<String> missing = new LinkedHashSet<>();

        void add(Seen seen) {
            runs++;
            operations += seen.operations();
            faults += seen.faults();
            missing.addAll(seen.missing());
        }

        Basis basis() {
            return new Basis(runs, operations, faults, List.copyOf(missing));
        }
    }
}
