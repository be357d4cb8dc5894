package dev.umpire.harness.report;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a history has to show for itself: how many operations ended how, in all and while each kind of fault was in force.
 *
 * @param byFunction counts in all, in the order of functions' names
 * @param byFault what happened during each kind of fault, in the order of their first injection
 */
public record Evidence(Map<String, Counts> byFunction, List<DuringFault> byFault) {
    public Evidence {
        byFunction = java.util.Collections.unmodifiableMap(new TreeMap<>(byFunction));
        byFault = List.copyOf(byFault);
    }

    /** How many operations ended how. */
    public record Counts(long ok, long fail, long info) {
        Counts plus(Outcome outcome) {
            return new Counts(
                    ok + (outcome == Outcome.OK ? 1 : 0),
                    fail + (outcome == Outcome.FAIL ? 1 : 0),
                    info + (outcome == Outcome.INFO ? 1 : 0));
        }

        Counts plus(Counts other) {
            return new Counts(ok + other.ok, fail + other.fail, info + other.info);
        }
    }

    /**
     * One kind of fault.
     *
     * @param times how often it was injected
     * @param confirmed how often a probe saw it in force
     * @param longestNanos the longest time in force; 0 where no times are recorded
     * @param okByFunction operations that were acknowledged while it was in force
     */
    public record DuringFault(
            String kind, int times, int confirmed, long longestNanos, Map<String, Long> okByFunction) {
        public DuringFault {
            okByFunction = java.util.Collections.unmodifiableMap(new TreeMap<>(okByFunction));
        }

        public long ok() {
            return okByFunction.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Counts in one pass over the operations, times the number of faults. */
    public static Evidence of(History history) {
        Counts[] all = new Counts[history.functionCount()];
        Arrays.fill(all, new Counts(0, 0, 0));
        for (int operation = 0; operation < history.size(); operation++) {
            int function = history.function(operation);
            if (function != History.NONE) {
                all[function] = all[function].plus(history.outcome(operation));
            }
        }
        Map<String, Counts> byFunction = new TreeMap<>();
        for (int function = 0; function < all.length; function++) {
            byFunction.put(history.functionName(function), all[function]);
        }
        Map<String, List<FaultInForce>> faults = new LinkedHashMap<>();
        FaultInForce.of(history)
                .forEach(fault -> faults.computeIfAbsent(fault.kind(), kind -> new ArrayList<>())
                        .add(fault));
        List<DuringFault> byFault = new ArrayList<>();
        faults.forEach((kind, ofKind) -> byFault.add(during(history, kind, ofKind)));
        return new Evidence(byFunction, byFault);
    }

    /** All functions together. */
    public Counts total() {
        return byFunction.values().stream().reduce(new Counts(0, 0, 0), Counts::plus);
    }

    private static DuringFault during(History history, String kind, List<FaultInForce> faults) {
        long[] ok = new long[history.functionCount()];
        for (int operation = 0; operation < history.size(); operation++) {
            int function = history.function(operation);
            if (history.outcome(operation) == Outcome.OK && function != History.NONE) {
                int completed = history.completed(operation);
                for (FaultInForce fault : faults) {
                    if (fault.covers(completed)) {
                        ok[function]++;
                        break;
                    }
                }
            }
        }
        Map<String, Long> byFunction = new TreeMap<>();
        for (int function = 0; function < ok.length; function++) {
            byFunction.put(history.functionName(function), ok[function]);
        }
        long longest = 0;
        int confirmed = 0;
        for (FaultInForce fault : faults) {
            longest = Math.max(longest, fault.lastedNanos().orElse(0));
            confirmed += fault.confirmed() ? 1 : 0;
        }
        return new DuringFault(kind, faults.size(), confirmed, longest, byFunction);
    }
}
