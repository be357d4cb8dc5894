package dev.umpire.harness.report;

import dev.umpire.checkers.staleness.BoundedStaleness;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What is drawn over the time of a run, measured over all its operations. */
final class Measurements {
    private final History history;
    private final TimeAxis axis;
    private final long from;
    private final long to;
    private final Map<Outcome, OverTime> tookMicros = new EnumMap<>(Outcome.class);
    private final OverTime staleMicros;
    private final OverTime behind;
    private final Map<String, OverTime> behindByNode = new TreeMap<>();

    /**
     * Measures.
     *
     * @param options under which order of writes staleness is measured
     * @param comparable whether positions tell how far a replica is behind
     */
    Measurements(History history, TimeAxis axis, CheckOptions options, boolean comparable) {
        this.history = history;
        this.axis = axis;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int operation = 0; operation < history.size(); operation++) {
            first = Math.min(first, axis.invoked(operation));
            last = Math.max(last, axis.ended(operation));
        }
        from = history.size() == 0 ? 0 : first;
        to = Math.max(from, last);
        for (Outcome outcome : Outcome.values()) {
            tookMicros.put(outcome, new OverTime(from, to));
        }
        staleMicros = new OverTime(from, to);
        behind = new OverTime(from, to);
        measure(options);
        if (comparable) {
            ReplicationLag.measure(history, this::lag);
        }
    }

    private void measure(CheckOptions options) {
        for (int operation = 0; operation < history.size(); operation++) {
            long ended = axis.ended(operation);
            outcomes(history.outcome(operation)).add(ended, ended - axis.invoked(operation));
        }
        BoundedStaleness.check(history, options, (operation, versions, nanos) -> {
            if (nanos != History.ABSENT) {
                staleMicros.add(axis.invoked(operation), nanos / 1_000);
            }
        });
    }

    private void lag(int operation, long positions) {
        long at = axis.invoked(operation);
        behind.add(at, positions);
        int node = history.node(operation);
        if (node != History.NONE) {
            behindByNode
                    .computeIfAbsent(SafeText.clipped(history.nodeName(node)), name -> new OverTime(from, to))
                    .add(at, positions);
        }
    }

    /** Where the time axis begins. */
    long from() {
        return from;
    }

    /** Where the time axis ends. */
    long to() {
        return to;
    }

    /** How long operations took that ended so, at the time of their ends. */
    OverTime outcomes(Outcome outcome) {
        return tookMicros.getOrDefault(outcome, new OverTime(from, to));
    }

    /** How stale reads were, in microseconds, at the time when they were asked. */
    OverTime staleMicros() {
        return staleMicros;
    }

    /** How far the replicas were behind that answered, in what positions count. */
    OverTime behind() {
        return behind;
    }

    /** The same by the nodes' names, which are fit to be shown. */
    Map<String, OverTime> behindByNode() {
        return behindByNode;
    }
}
