package dev.umpire.harness.report;

import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * How long a run's acknowledged operations took, but for the final reads.
 *
 * <p>There are two ways to count. Service time begins with the request. Response time begins when the request was to be made: a
 * store that answers late holds up what its session would ask next, and only response time tells of that. Where it is left out,
 * a store that stands still for a second shows one slow operation instead of the hundreds that came in that second (Tene calls
 * that coordinated omission).
 *
 * @param service from request to answer; empty: nothing was acknowledged
 * @param response from when it was to be asked; empty: nothing was acknowledged, or the load is closed, which asks when a session
 *     is free and leaves out what it could not ask in time
 * @param byFunction the same by the names of functions
 * @param unserved requests that arrived and were never asked
 */
public record Latencies(
        Optional<Latency> service,
        Optional<Latency> response,
        SortedMap<String, OfFunction> byFunction,
        Optional<Unserved> unserved) {

    /** In the histograms of which all this is told: values differ from what was measured by a thousandth at most. */
    static final int SIGNIFICANT_DIGITS = 3;

    /**
     * Those of one function.
     *
     * @param response empty: the load is closed
     */
    public record OfFunction(Latency service, Optional<Latency> response) {}

    public Latencies {
        byFunction = Collections.unmodifiableSortedMap(new TreeMap<>(byFunction));
    }

    /** Those of a run. */
    public static Latencies of(Run run) {
        History history = run.history();
        boolean open = isOpen(run);
        Both all = new Both();
        SortedMap<String, Both> functions = new TreeMap<>();
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.outcome(operation) == Outcome.OK && isTimed(history, operation)) {
                all.add(history, operation);
                functions
                        .computeIfAbsent(history.functionName(history.function(operation)), unseen -> new Both())
                        .add(history, operation);
            }
        }
        SortedMap<String, OfFunction> byFunction = new TreeMap<>();
        functions.forEach((name, both) -> byFunction.put(
                name,
                new OfFunction(both.service.told(), open ? Optional.of(both.response.told()) : Optional.empty())));
        return new Latencies(
                functions.isEmpty() ? Optional.empty() : Optional.of(all.service.told()),
                functions.isEmpty() || !open ? Optional.empty() : Optional.of(all.response.told()),
                byFunction,
                Unserved.of(run));
    }

    /**
     * Whether requests of a run were to be made at certain times, whether or not earlier ones were answered. A closed loop with a
     * rate leaves out what it could not ask in time, so that nothing tells how long that would have waited.
     */
    static boolean isOpen(Run run) {
        return run.plan().arrivals().isPresent();
    }

    /** Whether an operation counts among latencies, and has both its times. */
    static boolean isTimed(History history, int operation) {
        return !history.isFinal(operation)
                && history.realTime()
                && history.invokedNanos(operation) != History.ABSENT
                && history.endedNanos(operation) != History.ABSENT;
    }

    /** From request to answer, in nanoseconds. */
    static long serviceNanos(History history, int operation) {
        return Math.max(0, history.endedNanos(operation) - history.invokedNanos(operation));
    }

    /** From when it was to be asked to the answer, in nanoseconds. */
    static long responseNanos(History history, int operation) {
        return Math.max(0, history.endedNanos(operation) - intendedNanos(history, operation));
    }

    /** When it was to be asked. */
    static long intendedNanos(History history, int operation) {
        long intended = history.intendedNanos(operation);
        return intended == History.ABSENT ? history.invokedNanos(operation) : intended;
    }

    private static final class Both {
        private final Distribution service = new Distribution();
        private final Distribution response = new Distribution();

        private void add(History history, int operation) {
            service.add(serviceNanos(history, operation));
            response.add(responseNanos(history, operation));
        }
    }

    private static final class Distribution {
        private final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
        private long longest;

        private void add(long nanos) {
            histogram.recordValue(nanos);
            longest = Math.max(longest, nanos);
        }

        private Latency told() {
            return Latency.of(histogram, longest);
        }
    }
}
