package dev.umpire.harness.report;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.ArrivalTimes;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Requests of an open loop that had arrived when its time was over and were never asked, since no session had been free. No
 * latency tells of them.
 *
 * @param requests how many; 1 or more
 * @param longestNanos how long the first of them had waited
 */
public record Unserved(long requests, long longestNanos) {

    /**
     * Those of a run; empty where there are none, the loop is closed, or the run did not come to the end of its time. When
     * requests arrive follows from the plan, so that they need not be recorded.
     */
    static Optional<Unserved> of(Run run) {
        Plan plan = run.plan();
        return plan.durationMillis().isEmpty() || run.stopped().isPresent()
                ? Optional.empty()
                : plan.arrivals().flatMap(times -> of(plan, times, run.history()));
    }

    private static Optional<Unserved> of(Plan plan, ArrivalTimes times, History history) {
        KeyedRandom random = new KeyedRandom(plan.seed());
        long asked = 0;
        long begin = 0;
        long due = 0;
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.isFinal(operation) || history.invokedNanos(operation) == History.ABSENT) {
                continue;
            }
            long intended = Latencies.intendedNanos(history, operation);
            long gap = times.gapNanos(random, asked);
            if (asked == 0) {
                begin = intended - gap;
            } else if (intended != due + gap) {
                return Optional.empty(); // these are no arrivals of the plan: a script said what to ask
            }
            due = intended;
            asked++;
        }
        long end = begin + TimeUnit.MILLISECONDS.toNanos(plan.durationMillis().orElse(0));
        long most = plan.operations().orElse(Long.MAX_VALUE);
        long waiting = 0;
        long first = end;
        for (long number = asked; asked > 0 && number < most; number++) {
            due += times.gapNanos(random, number);
            if (due >= end) {
                break;
            }
            first = Math.min(first, due);
            waiting++;
        }
        return waiting == 0 ? Optional.empty() : Optional.of(new Unserved(waiting, end - first));
    }

    /** {@code 1,204 requests had arrived and were not asked when the time was over; the first had waited for 2.1 s}. */
    public String sentence() {
        return Numbers.counted(requests, "request") + " had arrived and " + (requests == 1 ? "was" : "were")
                + " not asked when the time was over; the first had waited for " + Numbers.seconds(longestNanos);
    }
}
