package dev.umpire.harness.diff;

import dev.umpire.checkers.staleness.BoundedStaleness;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.report.BriefVerdict;
import dev.umpire.harness.report.Percentiles;
import dev.umpire.harness.report.SafeText;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * One side: a recording with what is known of it.
 *
 * @param plan of the run; empty: none stands beside the recording
 * @param verdicts in the order in which they are told
 * @param options under which staleness is measured
 */
public record Recorded(Optional<Plan> plan, History history, List<BriefVerdict> verdicts, CheckOptions options) {

    public Recorded {
        verdicts = List.copyOf(verdicts);
    }

    /** Latencies of acknowledged operations by function, and staleness of reads, in nanoseconds; those without times are left out. */
    Map<String, Percentiles> measured() {
        Map<String, LongStream.Builder> values = new TreeMap<>();
        for (int operation = 0; operation < history.size(); operation++) {
            long began = history.invokedNanos(operation);
            long ended = history.endedNanos(operation);
            if (history.outcome(operation) == Outcome.OK && began != History.ABSENT && ended != History.ABSENT) {
                add(
                        "latency of " + SafeText.clipped(history.functionName(history.function(operation))),
                        ended - began,
                        values);
            }
        }
        BoundedStaleness.check(history, options, (operation, versions, nanos) -> {
            if (nanos != History.ABSENT) {
                add("staleness of reads", nanos, values);
            }
        });
        Map<String, Percentiles> measured = new TreeMap<>();
        values.forEach((what, all) ->
                Percentiles.of(all.build().toArray()).ifPresent(percentiles -> measured.put(what, percentiles)));
        return measured;
    }

    private static void add(String what, long nanos, Map<String, LongStream.Builder> values) {
        values.computeIfAbsent(what, name -> LongStream.builder()).add(nanos);
    }
}
