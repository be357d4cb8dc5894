package dev.umpire.checkers.availability;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.log.Partition;
import dev.umpire.checkers.log.Partitions;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * To which fault an acknowledged write was lost, as far as durability shows losses: the {@code LOST_} anomalies of its verdict,
 * one for each final value of a key, each element or each message of a log, so that their number is a lower bound.
 *
 * <p>A write counts for the fault that was in force when it was acknowledged (between injection and heal, of several the one
 * that was injected last), else for the first one that was injected after it: what a store acknowledges before it has made it
 * safe is lost to what comes next. A write without a fault after it counts for none.
 */
final class LossesByFault {
    private static final String LOST = "LOST_";

    private LossesByFault() {}

    /** How many were lost to each fault that lost any; empty where the verdict is undecided. */
    static Optional<Map<Fault, Long>> of(History history, Verdict durability, List<Fault> faults) {
        if (durability.answer() == Answer.UNKNOWN) {
            return Optional.empty();
        }
        List<Anomaly> lost = durability.anomalies().stream()
                .filter(anomaly -> anomaly.kind().startsWith(LOST))
                .toList();
        Set<Integer> sends = lost.isEmpty() ? Set.of() : sends(history);
        Map<Fault, Long> losses = new HashMap<>();
        for (Anomaly anomaly : lost) {
            lost(history, sends, anomaly)
                    .flatMap(write -> cause(history.completed(write), faults))
                    .ifPresent(fault -> losses.merge(fault, 1L, Long::sum));
        }
        return Optional.of(losses);
    }

    private static Set<Integer> sends(History history) {
        return Partitions.of(history).all().stream()
                .flatMap(partition -> partition.sent().stream())
                .map(Partition.Entry::operation)
                .collect(Collectors.toSet());
    }

    /**
     * Of the acknowledged writes of a witness the one that was invoked last, as those before it were overwritten by it; of sends the
     * first, as a transaction whose polls show the loss may have sent something else.
     */
    private static Optional<Integer> lost(History history, Set<Integer> sends, Anomaly anomaly) {
        Comparator<Integer> byInvocation = Comparator.comparingInt(history::invoked);
        List<Integer> acknowledged = anomaly.operations().stream()
                .filter(operation -> history.outcome(operation) == Outcome.OK)
                .toList();
        return acknowledged.stream()
                .filter(sends::contains)
                .min(byInvocation)
                .or(() -> acknowledged.stream()
                        .filter(operation -> history.writeCount(operation) > 0)
                        .max(byInvocation));
    }

    private static Optional<Fault> cause(int acknowledged, List<Fault> faults) {
        List<Fault> injected =
                faults.stream().filter(fault -> fault.injectedAt().isPresent()).toList();
        return injected.stream()
                .filter(fault -> injectedAt(fault) < acknowledged
                        && acknowledged < fault.healedAt().orElse(Integer.MAX_VALUE))
                .max(Comparator.comparingInt(LossesByFault::injectedAt))
                .or(() -> injected.stream()
                        .filter(fault -> injectedAt(fault) > acknowledged)
                        .min(Comparator.comparingInt(LossesByFault::injectedAt)));
    }

    private static int injectedAt(Fault fault) {
        return fault.injectedAt().orElseThrow();
    }
}
