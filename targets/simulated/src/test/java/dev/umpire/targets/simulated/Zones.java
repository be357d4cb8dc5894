package dev.umpire.targets.simulated;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Linearizability of registers whose values are all different, key by key.
 *
 * <p>A value's zone lies between the first completion and the last invocation of the operations that wrote or read it. A key
 * is linearizable if and only if no two zones that run forward overlap, and none that runs backward lies within one that
 * runs forward (Gibbons and Korach, Testing Shared Memories, SIAM Journal on Computing 1997). A write of unknown outcome
 * counts once it was read, without a completion.
 */
final class Zones {
    private Zones() {}

    /** The keys that are not linearizable, each with the two values whose zones show it. */
    static List<String> overlapping(History history) {
        Map<Integer, Map<Integer, Zone>> keys = new TreeMap<>();
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.outcome(operation) == Outcome.OK) {
                for (int i = 0; i < history.writeCount(operation); i++) {
                    zone(keys, history.writeKey(operation, i), history.writeValue(operation, i))
                            .include(history.invoked(operation), history.completed(operation));
                }
                for (int i = 0; i < history.readCount(operation); i++) {
                    if (!history.isFinal(operation)) {
                        zone(keys, history.readKey(operation, i), history.readValue(operation, i))
                                .include(history.invoked(operation), history.completed(operation));
                    }
                }
            }
        }
        includeUnknownWrites(history, keys);
        List<String> found = new ArrayList<>();
        keys.forEach((key, zones) -> {
            Zone initial = zones.get(History.NIL);
            if (initial != null) {
                initial.include(-1, -1);
            }
            conflict(history, zones).ifPresent(values -> found.add(history.keyName(key) + " " + values));
        });
        return found;
    }

    private static void includeUnknownWrites(History history, Map<Integer, Map<Integer, Zone>> keys) {
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.outcome(operation) == Outcome.INFO) {
                for (int i = 0; i < history.writeCount(operation); i++) {
                    Zone seen = keys.getOrDefault(history.writeKey(operation, i), Map.of())
                            .get(history.writeValue(operation, i));
                    if (seen != null) {
                        seen.include(history.invoked(operation), History.NEVER);
                    }
                }
            }
        }
    }

    private static Zone zone(Map<Integer, Map<Integer, Zone>> keys, int key, int value) {
        return keys.computeIfAbsent(key, absent -> new HashMap<>()).computeIfAbsent(value, absent -> new Zone(value));
    }

    private static java.util.Optional<String> conflict(History history, Map<Integer, Zone> zones) {
        for (Zone one : zones.values()) {
            for (Zone other : zones.values()) {
                if (one != other && one.forward() && one.conflictsWith(other)) {
                    return java.util.Optional.of(
                            "values " + history.value(one.value) + " and " + history.value(other.value));
                }
            }
        }
        return java.util.Optional.empty();
    }

    private static final class Zone {
        private final int value;
        private int firstCompleted = History.NEVER;
        private int lastInvoked = -1;

        Zone(int value) {
            this.value = value;
        }

        void include(int invoked, int completed) {
            firstCompleted = Math.min(firstCompleted, completed);
            lastInvoked = Math.max(lastInvoked, invoked);
        }

        boolean forward() {
            return firstCompleted < lastInvoked;
        }

        boolean conflictsWith(Zone other) {
            return other.forward()
                    ? other.firstCompleted < lastInvoked && firstCompleted < other.lastInvoked
                    : firstCompleted < other.lastInvoked && other.firstCompleted < lastInvoked;
        }
    }
}
