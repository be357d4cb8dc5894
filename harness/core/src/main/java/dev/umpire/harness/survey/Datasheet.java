package dev.umpire.harness.survey;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.lattice.Lattice;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one configuration of a target keeps under each fault, beside what it promises.
 *
 * @param configuration whose sheet this is
 * @param seeds how many were tried under each fault
 * @param rows one for no fault, one for each kind alone, and one for all that the promise covers
 */
public record Datasheet(Configuration configuration, long seeds, List<Row> rows) {

    /** The name of the row in which nothing strikes. */
    public static final String NO_FAULT = "none";

    /** The name of the row in which everything strikes that the promise covers. */
    public static final String ALL_COVERED = "all";

    /** A guarantee whose name alone says nothing: it takes a bound. */
    private static final String WITHOUT_A_BOUND = "bounded-staleness";

    public Datasheet {
        rows = List.copyOf(rows);
    }

    /** Whether the promise was kept under all that it covers, as far as was seen. */
    public boolean promiseKept() {
        return rows.stream().allMatch(row -> !row.covered() || row.promiseKept());
    }

    /** Whether runs could be judged by all of the promise, under all that it covers. */
    public boolean promiseJudged() {
        return rows.stream().allMatch(row -> !row.covered() || row.unjudged().isEmpty());
    }

    /**
     * Under one kind of fault.
     *
     * @param fault its name
     * @param covered whether the promise covers it
     * @param findings one a guarantee that any run could be judged by, weakest first
     * @param unjudged what is promised and no run could be judged by
     */
    public record Row(String fault, boolean covered, List<Finding> findings, List<String> unjudged) {
        public Row {
            findings = List.copyOf(findings);
            unjudged = List.copyOf(unjudged);
        }

        /** Whether nothing that is promised was broken. */
        public boolean promiseKept() {
            return findings.stream().noneMatch(one -> one.promised() && one.isBroken());
        }

        /** What no run broke, though a run could have, and what follows from no other such: the strongest. */
        public List<Finding> strongestNotBroken(WriteOrder order) {
            List<Finding> kept = findings.stream().filter(Finding::isNotBroken).toList();
            return kept.stream()
                    .filter(one -> kept.stream().noneMatch(other -> follows(one.guarantee(), other.guarantee(), order)))
                    .toList();
        }

        /** What a run broke and from which nothing else that was broken follows: the weakest. */
        public List<Finding> weakestBroken(WriteOrder order) {
            return broken().stream()
                    .filter(one ->
                            broken().stream().noneMatch(other -> follows(other.guarantee(), one.guarantee(), order)))
                    .toList();
        }

        /** What a run broke. */
        public List<Finding> broken() {
            return findings.stream().filter(Finding::isBroken).toList();
        }
    }

    /**
     * One guarantee under one kind of fault.
     *
     * @param promised whether it is among the promise or follows from it
     * @param held how many runs kept it
     * @param undecided how many runs say nothing
     * @param brokenBy the first seed whose run broke it; empty: none did
     */
    public record Finding(String guarantee, boolean promised, long held, long undecided, OptionalLong brokenBy) {

        /** Whether a run shows that it is broken. */
        public boolean isBroken() {
            return brokenBy.isPresent();
        }

        /** Whether runs that were judged did not break it, which proves nothing. */
        public boolean isNotBroken() {
            return brokenBy.isEmpty() && held > 0;
        }
    }

    /**
     * What could be promised after this, weakest first: what every seed kept under all that is covered, no seed broke under
     * any covered fault, and follows from nothing else of that kind.
     */
    public List<String> promisable() {
        WriteOrder order = order(configuration);
        List<String> kept = rows.stream()
                .filter(row -> row.fault().equals(ALL_COVERED))
                .flatMap(row -> row.findings().stream())
                .filter(one -> one.held() == seeds)
                .map(Finding::guarantee)
                .filter(name -> rows.stream()
                        .filter(Row::covered)
                        .noneMatch(row -> row.broken().stream()
                                .anyMatch(one -> one.guarantee().equals(name))))
                .toList();
        return kept.stream()
                .filter(one -> kept.stream().noneMatch(other -> follows(one, other, order)))
                .toList();
    }

    /**
     * Runs the seeds under each fault.
     *
     * @throws IllegalStateException if a run could not be carried out; the message names the seed
     */
    public static Datasheet of(Target target, Configuration configuration, Seeds seeds, Seeds.Simulator simulator) {
        List<Row> rows = new ArrayList<>();
        Set<FaultKind> possible = possible(target, configuration);
        rows.add(row(target, configuration, NO_FAULT, true, List.of(), seeds, simulator));
        for (FaultKind kind : FaultKind.values()) {
            if (possible.contains(kind)) {
                boolean covered = configuration.faults().contains(kind);
                rows.add(row(target, configuration, kind.optionName(), covered, List.of(kind), seeds, simulator));
            }
        }
        rows.add(row(target, configuration, ALL_COVERED, true, configuration.faults(), seeds, simulator));
        return new Datasheet(configuration, seeds.count(), rows);
    }

    /** How many rows a sheet has, each of which takes all seeds. */
    public static int rows(Target target, Configuration configuration) {
        return possible(target, configuration).size() + 2;
    }

    private static Set<FaultKind> possible(Target target, Configuration configuration) {
        return target.faults(
                SettingsResolver.resolve(target, Map.of(SettingsResolver.CONFIGURATION, configuration.name())));
    }

    private static Row row(
            Target target,
            Configuration configuration,
            String fault,
            boolean covered,
            Collection<FaultKind> kinds,
            Seeds seeds,
            Seeds.Simulator simulator) {
        List<String> judged = judged(configuration);
        Map<String, Tally> tallies = new LinkedHashMap<>();
        judged.forEach(name -> tallies.put(name, new Tally()));
        seeds.each(target, simulator, seed -> Trials.of(target, configuration, kinds, judged, seed), answers -> {
            answers.answers()
                    .forEach((name, answer) ->
                            tallies.computeIfAbsent(name, absent -> new Tally()).add(answer, answers.seed()));
            return true;
        });
        WriteOrder order = order(configuration);
        List<Finding> findings = new ArrayList<>();
        List<String> unjudged = new ArrayList<>();
        List<String> promise = configuration.promise().stream()
                .map(one -> Guarantee.named(one).name())
                .toList();
        tallies.forEach((name, tally) -> {
            if (tally.held + tally.broken > 0) {
                boolean promised = promise.stream().anyMatch(one -> one.equals(name) || follows(name, one, order));
                findings.add(new Finding(name, promised, tally.held, tally.undecided, tally.brokenBy));
            } else if (promise.contains(name)) {
                unjudged.add(name);
            }
        });
        return new Row(fault, covered, findings, unjudged);
    }

    /** All that has a checker and what is promised, weakest first. */
    private static List<String> judged(Configuration configuration) {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(
                        Guarantee.all().stream().map(Guarantee::name).filter(name -> !name.equals(WITHOUT_A_BOUND)),
                        configuration.promise().stream()
                                .map(name -> Guarantee.named(name).name()))
                .sorted(Comparator.comparingInt(Lattice::height))
                .forEach(names::add);
        return List.copyOf(names);
    }

    /** Whether a guarantee follows from another one; of several session guarantees together each follows. */
    private static boolean follows(String weaker, String stronger, WriteOrder order) {
        return !weaker.equals(stronger)
                && (Lattice.implies(stronger, weaker, order, false)
                        || List.of(stronger.split("\\+", -1)).contains(weaker));
    }

    /** The write order assumption of a configuration. */
    public static WriteOrder order(Configuration configuration) {
        return Arrays.stream(WriteOrder.values())
                .filter(order -> order.optionName().equals(configuration.writeOrder()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("writeOrder of " + configuration.name() + ": found "
                        + configuration.writeOrder() + ", expected one of " + List.of(WriteOrder.values())));
    }

    /** Counts what is said of one guarantee. */
    private static final class Tally {
        private long held;
        private long undecided;
        private long broken;
        private OptionalLong brokenBy = OptionalLong.empty();

        void add(Answer answer, long seed) {
            switch (answer) {
                case VALID -> held++;
                case UNKNOWN -> undecided++;
                case INVALID -> {
                    if (broken++ == 0) {
                        brokenBy = OptionalLong.of(seed);
                    }
                }
            }
        }
    }
}
