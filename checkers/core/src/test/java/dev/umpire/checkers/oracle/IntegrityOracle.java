package dev.umpire.checkers.oracle;

import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Map;
import java.util.TreeMap;

/** How many anomalies of each kind integrity has, from its definitions, read by read and pair by pair. */
public final class IntegrityOracle {
    private IntegrityOracle() {}

    public static Map<String, Long> anomalies(SmallHistory history, WriteOrder assumption) {
        Map<String, Long> kinds = new TreeMap<>();
        for (SmallOperation reader : history.operations()) {
            for (int i = 0; reader.isOk() && i < reader.readKeys.length; i++) {
                int key = reader.readKeys[i];
                int value = reader.readValues[i];
                if (value == 0) {
                    continue;
                }
                boolean failed = writers(history, key, value, Outcome.FAIL) > 0;
                boolean tried =
                        writers(history, key, value, Outcome.OK) + writers(history, key, value, Outcome.INFO) > 0;
                boolean inTime = history.operations().stream()
                        .anyMatch(w -> w.writes(key)
                                && w.written() == value
                                && w.outcome != Outcome.FAIL
                                && w.invoked < reader.completed);
                if (!tried) {
                    kinds.merge(failed ? "ABORTED_READ" : "PHANTOM_READ", 1L, Long::sum);
                } else if (!inTime) {
                    kinds.merge("FUTURE_READ", 1L, Long::sum);
                }
            }
        }
        for (SmallOperation later : history.operations()) {
            boolean against = history.operations().stream().anyMatch(earlier -> isAgainstTime(earlier, later));
            if (against && assumption == WriteOrder.REAL_TIME) {
                kinds.merge("VERSION_AGAINST_TIME", 1L, Long::sum);
            }
        }
        return kinds;
    }

    private static long writers(SmallHistory history, int key, int value, Outcome outcome) {
        return history.operations().stream()
                .filter(w -> w.writes(key) && w.written() == value && w.outcome == outcome)
                .count();
    }

    private static boolean isAgainstTime(SmallOperation earlier, SmallOperation later) {
        if (earlier.writeKeys.length == 0 || later.writeKeys.length == 0 || !later.isOk()) {
            return false;
        }
        boolean versions =
                earlier.version != History.ABSENT && later.version != History.ABSENT && earlier.version > later.version;
        boolean positions = earlier.position != History.ABSENT
                && later.position != History.ABSENT
                && earlier.position > later.position;
        return earlier.writeKeys[0] == later.writeKeys[0] && earlier.realTimeBefore(later) && (versions || positions);
    }
}
