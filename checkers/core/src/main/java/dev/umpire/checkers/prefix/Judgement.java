package dev.umpire.checkers.prefix;

import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way from a history to a verdict, which the prefix guarantees share: what costs least is tried first. See
 * {@link ConsistentPrefix} for the steps.
 */
final class Judgement {
    /** How many times as many sets of operations are tried as anomalies are wanted. */
    private static final int TRIED = 8;

    private Judgement() {}

    static Verdict check(History history, CheckOptions options, Promise promise) {
        return PlainPositions.verdict(history, promise).orElseGet(() -> thorough(history, options, promise));
    }

    private static Verdict thorough(History history, CheckOptions options, Promise promise) {
        Recorded recorded = Recorded.of(history, promise);
        WriteOrder assumption = promise == Promise.STRICT ? WriteOrder.REAL_TIME : options.writeOrder();
        VersionOrders versions = VersionOrders.of(recorded, assumption);
        Optional<TotalOrder> reported = TotalOrder.reported(recorded, versions);
        Answer answer;
        String algorithm;
        long count = 0;
        boolean isLowerBound = false;
        List<Anomaly> anomalies = List.of();
        List<String> remarks = new ArrayList<>();
        Told apart = readsApart(recorded, versions, options);
        if (apart.count > 0) {
            answer = Answer.INVALID;
            algorithm = "lists that were read, compared with the longest";
            count = apart.count;
            isLowerBound = true;
            anomalies = apart.anomalies;
            remarks.add("nothing else is looked for where lists have no order");
        } else if (singleKeysOnly(recorded, versions)) {
            answer = Answer.VALID;
            algorithm = "reads of one key under an inferred order";
        } else if (reported.map(TotalOrder::explains).orElse(false)) {
            answer = Answer.VALID;
            algorithm = "intervals of reported positions";
        } else if (TotalOrder.guessed(recorded, versions)
                .map(TotalOrder::explains)
                .orElse(false)) {
            answer = Answer.VALID;
            algorithm = "order of first proofs";
        } else {
            PrefixGraph graph = new PrefixGraph(recorded, versions);
            Decision decision = Decision.of(graph, new Budget(options.searchBudget(), options.deadline()));
            answer = decision.answer();
            algorithm = decision.path();
            if (answer == Answer.UNKNOWN) {
                remarks.add(decision.reason());
            }
            if (answer == Answer.INVALID) {
                Told told = tell(graph, decision, reported, options);
                count = told.count;
                isLowerBound = !told.complete;
                anomalies = told.anomalies;
            }
        }
        remark(recorded, versions, remarks);
        if (answer == Answer.VALID && recorded.keysLeftOut > 0) {
            answer = Answer.UNKNOWN;
        }
        long obliged = Obliged.count(recorded, versions);
        if (answer == Answer.VALID && obliged == 0) {
            answer = Answer.UNKNOWN;
            remarks.add(recorded.readers == 0 ? "vacuous: no read counts" : promise.vacuous());
        }
        return new Verdict(
                        promise.guarantee(),
                        answer,
                        Optional.of(assumes(versions)),
                        algorithm,
                        obliged,
                        recorded.readers + recorded.writes,
                        remarks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", remarks)),
                        count,
                        anomalies)
                .counting(isLowerBound);
    }

    private static boolean singleKeysOnly(Recorded recorded, VersionOrders versions) {
        return recorded.isPlain()
                && recorded.observations.length == 0
                && !recorded.anyCas()
                && !versions.uses(VersionOrders.Source.POSITIONS)
                && !versions.uses(VersionOrders.Source.VERSIONS);
    }

    private static String assumes(VersionOrders versions) {
        Set<String> phrases = new LinkedHashSet<>();
        if (versions.uses(VersionOrders.Source.POSITIONS)) {
            phrases.add("reported positions");
        }
        if (versions.uses(VersionOrders.Source.VERSIONS)) {
            phrases.add("reported versions");
        }
        if (versions.uses(VersionOrders.Source.TRACED)) {
            phrases.add("list reads");
        }
        if (versions.usesAssumption() || phrases.isEmpty()) {
            phrases.add(versions.assumption.phrase());
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

    /** Two lists that were read of which neither is the beginning of the other: no order leaves both. */
    private static Told readsApart(Recorded recorded, VersionOrders versions, CheckOptions options) {
        long count = 0;
        for (int key = 0; key < recorded.judged.length; key++) {
            count += recorded.judged[key] ? recorded.lists.apartCount(key) : 0;
        }
        if (count == 0) {
            return new Told(0, true, List.of());
        }
        Words words = Words.of(recorded.history);
        PrefixGraph graph = new PrefixGraph(recorded, versions);
        Witness witness = new Witness(graph, options.searchBudget());
        Anomalies anomalies = new Anomalies(options.anomalyLimit());
        for (Lists.Apart apart : recorded.lists.apart()) {
            if (recorded.judged[apart.key()]) {
                int first = Math.min(apart.first(), apart.second());
                int second = Math.max(apart.first(), apart.second());
                anomalies.add(first == second ? 1 : 2, second - first, () -> {
                    for (int one : new int[] {first, second}) {
                        if (witness.broken(one)) {
                            return Story.of(graph, new int[] {one});
                        }
                    }
                    return first == second
                            ? Story.ofOne(recorded.history, first, apart.key())
                            : new Anomaly(
                                    "INCOMPATIBLE_ORDER",
                                    words.key(apart.key()),
                                    words.read(first, apart.key()) + ", and " + words.read(second, apart.key())
                                            + ": neither list is the beginning of the other, so that no order of the"
                                            + " appends leaves both",
                                    List.of(first, second));
                });
            }
        }
        return new Told(count, true, anomalies.listed());
    }

    private record Told(long count, boolean complete, List<Anomaly> anomalies) {}

    private static Told tell(
            PrefixGraph graph, Decision decision, Optional<TotalOrder> reported, CheckOptions options) {
        Witness witness = new Witness(graph, options.searchBudget());
        int limit = options.anomalyLimit();
        Nearest contradictions = new Nearest(limit, false);
        reported.ifPresent(order -> order.contradictions(contradictions));
        Nearest witnesses = new Nearest(limit, false);
        long count;
        boolean complete = false;
        if (contradictions.count() > 0) {
            count = contradictions.count();
            for (int[] operations : contradictions.kept()) {
                witnesses.add(witness.ofOperations(operations));
            }
        } else if (decision.certainCycle()) {
            Findings findings = Findings.of(graph, limit);
            count = findings.count();
            complete = findings.complete();
            addNearest(graph, witness, limit, witnesses);
            for (int[] cycle : findings.cycles()
                    .subList(0, Math.min(limit, findings.cycles().size()))) {
                addNew(witness.ofCycle(cycle), witnesses);
            }
            count = Math.max(count, witnesses.kept().size());
        } else {
            count = decision.contradictions().size();
            for (int[] stretch : decision.contradictions().subList(0, (int) Math.min(limit, count))) {
                witnesses.add(witness.ofStretch(stretch));
            }
        }
        List<Anomaly> anomalies = new ArrayList<>();
        for (int[] each : witnesses.kept()) {
            anomalies.add(Story.of(graph, each));
        }
        return new Told(count, complete, anomalies);
    }

    /**
     * Where every read has a place, two reads of a session are the nearest witness, but a cycle of thousands of reads may
     * hide it: what the order of first proofs does not explain is tried first.
     */
    private static void addNearest(PrefixGraph graph, Witness witness, int limit, Nearest witnesses) {
        if (graph.recorded.promise != Promise.MONOTONIC) {
            return;
        }
        Nearest unexplained = new Nearest(TRIED * limit, false);
        TotalOrder.guessed(graph.recorded, graph.versions).ifPresent(order -> order.contradictions(unexplained));
        for (int[] operations : unexplained.kept()) {
            witness.ofUnexplained(operations).ifPresent(found -> addNew(found, witnesses));
            if (witnesses.count() >= limit) {
                return;
            }
        }
    }

    private static void addNew(int[] operations, Nearest witnesses) {
        if (witnesses.kept().stream().noneMatch(kept -> Arrays.equals(kept, operations))) {
            witnesses.add(operations);
        }
    }
}
