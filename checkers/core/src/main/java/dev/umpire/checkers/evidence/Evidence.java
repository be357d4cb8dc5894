package dev.umpire.checkers.evidence;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a history has to show for itself.
 *
 * @param byFunction how many operations ended how, in the order of functions' names
 * @param byFault the same for the operations that ended while a fault was in force, in the order of the faults
 * @param writeAcknowledged whether anything was certainly written
 */
public record Evidence(
        Map<String, Counts> byFunction, Map<Fault, Map<String, Counts>> byFault, boolean writeAcknowledged) {

    public Evidence {
        byFunction = Collections.unmodifiableMap(new TreeMap<>(byFunction));
        byFault = Collections.unmodifiableMap(new LinkedHashMap<>(byFault));
    }

    /** Counts in one pass over the operations, times the number of faults. */
    public static Evidence of(History history) {
        List<Fault> faults = Fault.of(history);
        Counts[][] counts = new Counts[faults.size() + 1][history.functionCount()];
        for (Counts[] ofFault : counts) {
            Arrays.fill(ofFault, Counts.NONE);
        }
        boolean acknowledged = false;
        for (int o = 0; o < history.size(); o++) {
            int function = history.function(o);
            Outcome outcome = history.outcome(o);
            counts[0][function] = counts[0][function].plus(outcome);
            int ended = history.ended(o);
            for (int f = 0; f < faults.size(); f++) {
                if (ended != History.NEVER && faults.get(f).covers(ended)) {
                    counts[f + 1][function] = counts[f + 1][function].plus(outcome);
                }
            }
            acknowledged |= outcome == Outcome.OK && history.writeCount(o) > 0;
        }
        Map<Fault, Map<String, Counts>> byFault = new LinkedHashMap<>();
        for (int f = 0; f < faults.size(); f++) {
            byFault.put(faults.get(f), Collections.unmodifiableMap(named(history, counts[f + 1])));
        }
        return new Evidence(named(history, counts[0]), byFault, acknowledged);
    }

    private static Map<String, Counts> named(History history, Counts[] counts) {
        Map<String, Counts> named = new TreeMap<>();
        for (int function = 0; function < counts.length; function++) {
            if (counts[function].total() > 0) {
                named.put(history.functionName(function), counts[function]);
            }
        }
        return named;
    }

    /** All functions together. */
    public Counts total() {
        return sum(byFunction);
    }

    /** All functions together, while the fault was in force. */
    public Counts during(Fault fault) {
        return sum(byFault.getOrDefault(fault, Map.of()));
    }

    private static Counts sum(Map<String, Counts> counts) {
        return counts.values().stream().reduce(Counts.NONE, Counts::plus);
    }

    /** Why the history is too little to decide on, one sentence each, without a full stop; empty: it is enough. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (total().total() == 0) {
            missing.add("no operation was recorded");
        } else if (!writeAcknowledged) {
            missing.add("no write was acknowledged");
        }
        for (Fault fault : byFault.keySet()) {
            if (fault.confirmedAt().isEmpty()) {
                missing.add(fault.name() + " was never confirmed in force"
                        + fault.objection().map(why -> ": " + why).orElse(""));
            } else if (!fault.gone()) {
                missing.add(fault.name() + " was never seen gone");
            }
        }
        return List.copyOf(missing);
    }
}
