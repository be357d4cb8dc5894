package dev.umpire.harness.survey;

import dev.umpire.checkers.lattice.Lattice;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.target.Configuration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

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
     * @param kinds what struck
     * @param covered whether the promise covers it
     * @param findings one a guarantee, weakest first; those that no run could be judged by, too
     * @param unjudged what is promised and no run could be judged by
     * @param gap why not all runs were made; empty: they were
     */
    public record Row(
            String fault,
            List<String> kinds,
            boolean covered,
            Basis basis,
            List<Finding> findings,
            List<String> unjudged,
            Optional<Gap> gap) {
        public Row {
            kinds = List.copyOf(kinds);
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

        /** What runs say nothing of. */
        public List<String> undecided() {
            return findings.stream()
                    .filter(one -> !one.isBroken() && !one.isNotBroken())
                    .map(Finding::guarantee)
                    .toList();
        }
    }

    /**
     * What stands behind a row.
     *
     * @param runs how many were made
     * @param operations how many were acknowledged in them
     * @param faults how many a probe saw in force
     * @param missing what evidence they lack, a sentence each
     */
    public record Basis(long runs, long operations, long faults, List<String> missing) {
        public Basis {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Why runs of a row were not made.
     *
     * @param failed whether one was begun and failed; no: it was refused
     * @param reason a sentence
     */
    public record Gap(boolean failed, String reason) {}

    /**
     * One guarantee under one kind of fault.
     *
     * @param promised whether it is among the promise or follows from it
     * @param held how many runs kept it
     * @param undecided how many runs say nothing
     * @param alwaysHeldBy the workloads all of whose runs kept it, one at least without lacking evidence
     * @param firstBreak by the first run that broke it; empty: none did
     */
    public record Finding(
            String guarantee,
            boolean promised,
            long held,
            long undecided,
            Set<String> alwaysHeldBy,
            Optional<FirstBreak> firstBreak) {
        public Finding {
            alwaysHeldBy = Set.copyOf(alwaysHeldBy);
        }

        /** Whether a run shows that it is broken. */
        public boolean isBroken() {
            return firstBreak.isPresent();
        }

        /** Whether runs that were judged did not break it, which proves nothing. */
        public boolean isNotBroken() {
            return firstBreak.isEmpty() && held > 0;
        }
    }

    /**
     * How a guarantee was first seen broken.
     *
     * @param seed of the run
     * @param afterNanos from the run's first request until the operation had ended that violates it; empty: in virtual time
     * @param folder of the run; empty: its seed alone repeats it
     */
    public record FirstBreak(long seed, OptionalLong afterNanos, Optional<String> folder) {
        static FirstBreak of(String guarantee, Seen seen) {
            Long afterNanos = seen.brokenAfterNanos().get(guarantee);
            return new FirstBreak(
                    seen.seed(),
                    afterNanos == null ? OptionalLong.empty() : OptionalLong.of(afterNanos),
                    seen.folder());
        }
    }

    /**
     * What every run of a workload kept under all that is covered, no run broke under any covered fault, and follows from
     * nothing else of that kind: the strongest. Where runs are missing from that row, nothing.
     */
    public List<String> alwaysKept(String workload) {
        WriteOrder order = order(configuration);
        List<String> kept = rows.stream()
                .filter(row -> row.fault().equals(ALL_COVERED) && row.gap().isEmpty())
                .flatMap(row -> row.findings().stream())
                .filter(one -> one.alwaysHeldBy().contains(workload))
                .map(Finding::guarantee)
                .filter(name -> !isBroken(name))
                .toList();
        return kept.stream()
                .filter(one -> kept.stream().noneMatch(other -> follows(one, other, order)))
                .toList();
    }

    /** Whether a run broke a guarantee under a fault that the promise covers. */
    public boolean isBroken(String guarantee) {
        return rows.stream()
                .filter(Row::covered)
                .flatMap(row -> row.broken().stream())
                .anyMatch(one -> one.guarantee().equals(guarantee));
    }

    /** Whether a guarantee follows from another one; of several session guarantees together each follows. */
    public static boolean follows(String weaker, String stronger, WriteOrder order) {
        return !weaker.equals(stronger)
                && (Lattice.implies(stronger, weaker, order)
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
}
