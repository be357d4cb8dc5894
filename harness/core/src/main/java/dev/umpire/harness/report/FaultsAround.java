package dev.umpire.harness.report;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.histories.History;
import java.util.List;
import java.util.OptionalLong;

/** The faults that were in force while the operations of an anomaly were under way, for its reader. */
public final class FaultsAround {
    private static final int MOST_TOLD = 3;

    private FaultsAround() {}

    /**
     * A line for each fault in force at some time between the first and the last event of the anomaly's operations:
     * {@code fault in force: partition n1 to n2, n2 to n1 from 430 ms to 790 ms}; three at the most.
     *
     * @param faults those of the history
     */
    public static List<String> lines(History history, List<Fault> faults, Anomaly anomaly) {
        return inForce(history, faults, anomaly).stream()
                .limit(MOST_TOLD)
                .map(fault -> "fault in force: " + SafeText.clipped(fault.kind())
                        + (fault.strikes().isEmpty() ? "" : " " + SafeText.visible(fault.strikes()))
                        + time(" from ", fault.confirmedNanos()) + time(" to ", fault.healedNanos()))
                .toList();
    }

    /** The faults that were in force at some time between the first and the last event of the anomaly's operations. */
    static List<Fault> inForce(History history, List<Fault> faults, Anomaly anomaly) {
        int first = Integer.MAX_VALUE;
        int last = 0;
        for (int operation : anomaly.operations()) {
            int ended = history.ended(operation);
            first = Math.min(first, history.invoked(operation));
            last = Math.max(last, ended == History.NEVER ? history.invoked(operation) : ended);
        }
        int from = first;
        int to = last;
        return faults.stream()
                .filter(fault ->
                        fault.confirmedAt().isPresent() && fault.confirmedAt().get() < to)
                .filter(fault -> fault.healedAt().isEmpty() || fault.healedAt().get() > from)
                .toList();
    }

    private static String time(String word, OptionalLong nanos) {
        return nanos.isEmpty() ? "" : word + Numbers.grouped(nanos.getAsLong() / 1_000_000) + " ms";
    }
}
