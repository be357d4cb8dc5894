package dev.umpire.harness.report;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.histories.History;
import java.util.List;
import java.util.Optional;

/**
 * The time of an anomaly: from its first operation, or the injection of the first fault that was in force with it, to the end
 * of its last.
 *
 * @param fromNanos of the run's clock
 * @param toNanos of the run's clock; not before {@code fromNanos}
 */
record LogWindow(long fromNanos, long toNanos) {

    /**
     * The time of an anomaly; empty where the recording lacks it.
     *
     * @param faults those of the history
     */
    static Optional<LogWindow> of(History history, List<Fault> faults, Anomaly anomaly) {
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (int operation : anomaly.operations()) {
            long invoked = history.invokedNanos(operation);
            long ended = history.endedNanos(operation);
            if (invoked == History.ABSENT) {
                return Optional.empty();
            }
            from = Math.min(from, invoked);
            to = Math.max(to, ended == History.ABSENT ? invoked : ended);
        }
        for (Fault fault : FaultsAround.inForce(history, faults, anomaly)) {
            from = Math.min(from, fault.injectedNanos().orElse(from));
        }
        return from > to ? Optional.empty() : Optional.of(new LogWindow(from, to));
    }

    /** Whether a moment belongs to it, at the resolution of a log. */
    boolean contains(long micros) {
        return micros >= Math.floorDiv(fromNanos, 1_000) && micros <= Math.floorDiv(toNanos, 1_000);
    }

    /** {@code from 430 ms to 812 ms}. */
    String words() {
        return "from " + millis(fromNanos) + " to " + millis(toNanos);
    }

    private static String millis(long nanos) {
        return Numbers.grouped(Math.floorDiv(nanos, 1_000_000)) + " ms";
    }
}
