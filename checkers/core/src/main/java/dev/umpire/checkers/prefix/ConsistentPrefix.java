package dev.umpire.checkers.prefix;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Consistent prefix: what a reader sees is a state through which the store went, or could have gone.
 *
 * <p><b>Definition.</b> There is one total order T of all writes that took effect, over all keys, such that every
 * observation (an OK read, or an OK snapshot of several keys) equals the state after some prefix of T on the keys that it
 * saw; an OK cas saw the state immediately before its own write. T extends happens-before between writes,
 * {@code hb = (so ∪ wr)+}, and for each key the order that the store reported, or else the write order assumption. Writes
 * of unknown outcome count once they were seen. Source: Terry, <i>Replicated Data Consistency Explained Through
 * Baseball</i>, CACM 2013; Kleppmann, <i>Designing Data-Intensive Applications</i>, chapter 5.
 *
 * <p><b>Algorithm.</b>
 * <ol>
 *   <li>Nothing reported, no snapshot, no cas: any order of the writes by their first proof of effect (acknowledged, or
 *       seen) is such a T, since every edge of happens-before and of the assumption leads from a proof to a later
 *       invocation, and a state of one key is passed through in every order. O(n).
 *   <li>Everything ordered by reported positions: T is known. Each value that was seen held over the interval from its
 *       position to the position of the key's next write; a snapshot is a state of T iff its intervals meet. O(n).
 *   <li>Otherwise one order for each key is taken (the known one where there is only one, else by first proof), and a
 *       graph is made of it: the key's writes in their order; a write before who saw it; who saw it before the key's next
 *       write; happens-before. Without a cycle a topological order of it is T. O(n) where the proofs need not be sorted.
 *   <li>With a cycle, the same graph is made of only what every T must have. A cycle there is a violation.
 *   <li>Without one, only the strongly connected parts of the first graph are undecided; in each the order of the writes is
 *       saturated and searched ({@link Window}), by itself first, and with more and more of what is around it. The problem
 *       is NP-complete in general; the search is bounded by {@link CheckOptions#searchBudget}, and a part by its size.
 * </ol>
 *
 * <p><b>Witness.</b> A short cycle, or the undecided part, reduced until every operation is needed: typically a snapshot
 * and two writes, or two snapshots and two writes.
 *
 * <p>Keys whose reads cannot be told apart, and those that functions other than read, write, cas and snapshot touch, are
 * left out. This only weakens what T must satisfy, so that INVALID stands; VALID becomes UNKNOWN.
 */
public final class ConsistentPrefix {
    private static final String NAME = "consistent-prefix";

    private ConsistentPrefix() {}

    /** Judges the history; a {@link dev.umpire.checkers.verdict.Checker}. */
    public static Verdict check(History history, CheckOptions options) {
        Recorded recorded = Recorded.of(history);
        VersionOrders versions = VersionOrders.of(recorded, options.writeOrder());
        Answer answer;
        String algorithm;
        long count = 0;
        List<Anomaly> anomalies = List.of();
        List<String> remarks = new ArrayList<>();
        if (singleKeysOnly(recorded, versions)) {
            answer = Answer.VALID;
            algorithm = "reads of one key under an inferred order";
        } else if (PositionOrder.explains(recorded, versions)) {
            answer = Answer.VALID;
            algorithm = "intervals of reported positions";
        } else {
            PrefixGraph graph = new PrefixGraph(recorded, versions);
            Decision decision = Decision.of(graph, new Budget(options.searchBudget()));
            answer = decision.answer();
            algorithm = decision.path();
            if (answer == Answer.UNKNOWN) {
                remarks.add(decision.reason());
            }
            if (answer == Answer.INVALID) {
                Told told = tell(graph, decision, options);
                count = told.count;
                if (!told.complete) {
                    remarks.add("anomalyCount is a lower bound: what contradicts itself hangs together");
                }
                anomalies = told.anomalies;
            }
        }
        remark(recorded, versions, remarks);
        if (answer == Answer.VALID && recorded.keysLeftOut > 0) {
            answer = Answer.UNKNOWN;
        }
        if (answer == Answer.VALID && recorded.obliged == 0) {
            answer = Answer.UNKNOWN;
            remarks.add("vacuous: no read counts");
        }
        return new Verdict(
                NAME,
                answer,
                Optional.of(assumes(versions, options)),
                algorithm,
                recorded.obliged,
                recorded.obliged + recorded.writes,
                remarks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", remarks)),
                count,
                anomalies);
    }

    private static boolean singleKeysOnly(Recorded recorded, VersionOrders versions) {
        if (recorded.snapshots.length > 0
                || versions.uses(VersionOrders.Source.POSITIONS)
                || versions.uses(VersionOrders.Source.VERSIONS)) {
            return false;
        }
        for (int read : recorded.casRead) {
            if (read != Recorded.NO_CAS) {
                return false;
            }
        }
        return true;
    }

    private static String assumes(VersionOrders versions, CheckOptions options) {
        Set<String> phrases = new LinkedHashSet<>();
        if (versions.uses(VersionOrders.Source.POSITIONS)) {
            phrases.add("reported positions");
        }
        if (versions.uses(VersionOrders.Source.VERSIONS)) {
            phrases.add("reported versions");
        }
        if (versions.uses(VersionOrders.Source.INFERRED) || phrases.isEmpty()) {
            phrases.add(options.writeOrder().phrase());
        }
        return String.join(", ", phrases);
    }

    private static void remark(Recorded recorded, VersionOrders versions, List<String> remarks) {
        List<String> foreign = new Functions(recorded.history).foreign();
        if (!foreign.isEmpty()) {
            remarks.add("not judged yet: keys that " + String.join(", ", foreign) + " touches");
        }
        if (recorded.keysLeftOut > 0) {
            remarks.add("left out: " + recorded.keysLeftOut + (recorded.keysLeftOut == 1 ? " key" : " keys")
                    + " to which a value was written twice, or the initial value, or that are not judged yet");
        }
        if (recorded.readsLeftOut > 0) {
            remarks.add("left out: " + recorded.readsLeftOut + (recorded.readsLeftOut == 1 ? " read" : " reads")
                    + " of a value that was not written before (see integrity)");
        }
        if (versions.divergentKeys > 0) {
            remarks.add("not used: the reported versions of " + versions.divergentKeys
                    + (versions.divergentKeys == 1 ? " key" : " keys") + ", which contradict each other");
        }
    }

    private record Told(long count, boolean complete, List<Anomaly> anomalies) {}

    private static Told tell(PrefixGraph graph, Decision decision, CheckOptions options) {
        Witness witness = new Witness(graph, options.searchBudget());
        List<int[]> witnesses = new ArrayList<>();
        long count;
        boolean complete = true;
        List<int[]> contradictions = PositionOrder.isKnown(graph.recorded, graph.versions)
                ? PositionOrder.contradictions(graph.recorded, graph.versions)
                : List.of();
        if (!contradictions.isEmpty()) {
            count = contradictions.size();
            for (int[] operations : nearest(contradictions, options.anomalyLimit())) {
                witnesses.add(witness.ofOperations(operations));
            }
        } else if (decision.certainCycle()) {
            Findings findings = Findings.of(graph, options.anomalyLimit());
            count = findings.count();
            complete = findings.complete();
            for (int[] cycle : findings.cycles()
                    .subList(
                            0,
                            Math.min(options.anomalyLimit(), findings.cycles().size()))) {
                witnesses.add(witness.ofCycle(cycle));
            }
        } else {
            count = decision.contradictions().size();
            for (int[] stretch : decision.contradictions().subList(0, (int) Math.min(options.anomalyLimit(), count))) {
                witnesses.add(witness.ofStretch(stretch));
            }
        }
        List<Anomaly> anomalies = new ArrayList<>();
        for (int[] each : nearest(witnesses, options.anomalyLimit())) {
            anomalies.add(Story.of(graph, each));
        }
        return new Told(count, complete, anomalies);
    }

    /** Those with the fewest operations first, then those that lie close together. */
    private static List<int[]> nearest(List<int[]> witnesses, int limit) {
        return witnesses.stream()
                .sorted(Comparator.<int[]>comparingInt(each -> each.length)
                        .thenComparingInt(each -> each[each.length - 1] - each[0]))
                .limit(limit)
                .toList();
    }
}
