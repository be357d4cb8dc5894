package dev.umpire.harness.report;

import dev.umpire.harness.launcher.Usage;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * How fast a run of real processes was, and what it used. Operations are those that were acknowledged before the final reads.
 *
 * @param firstAfterNanos from the command, or where none began it from the begin of the run, until the first request; the start
 *     of the cluster is included, and with a command that of Java too
 * @param operationsPerSecond from the first request to the last answer
 */
public record Figures(long firstAfterNanos, double operationsPerSecond, Usage used) {

    /** Those of a run; empty where its nodes are no processes of this machine, or nothing was acknowledged. */
    public static Optional<Figures> of(Run run) {
        History history = run.history();
        int[] acknowledged = IntStream.range(0, history.size())
                .filter(operation -> history.outcome(operation) == Outcome.OK && !history.isFinal(operation))
                .toArray();
        return acknowledged.length == 0 || !history.realTime()
                ? Optional.empty()
                : run.used().map(used -> of(history, acknowledged, run.begunAfterNanos(), used));
    }

    private static Figures of(History history, int[] acknowledged, long begunAfterNanos, Usage used) {
        long first = history.invokedNanos(0);
        long last =
                Arrays.stream(acknowledged).mapToLong(history::endedNanos).max().orElse(first);
        return new Figures(
                begunAfterNanos + first,
                acknowledged.length / (Math.max(1, last - first) / (double) TimeUnit.SECONDS.toNanos(1)),
                used);
    }

    /** {@code first operation after 2.3 s · 1,760 operations a second}. */
    public String speed() {
        return "first operation after " + Numbers.seconds(firstAfterNanos) + " · "
                + Numbers.grouped(Math.round(operationsPerSecond)) + " operations a second";
    }

    /** {@code nodes 62 MB resident, 3.1 s of CPU time · harness 1.2 s, 27.9 % of both}. */
    public String usage() {
        return "nodes " + Numbers.grouped(used.residentBytes() / 1_000_000) + " MB resident, "
                + Numbers.seconds(used.nodesCpuNanos()) + " of CPU time · harness "
                + Numbers.seconds(used.harnessCpuNanos()) + ", " + Numbers.percent(used.harnessShare()) + " of both";
    }
}
