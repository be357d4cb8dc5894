package dev.umpire.harness.report;

import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Latencies as a log of HdrHistogram (format 1.3), which its own tools read: of each interval a histogram for each tag, values in
 * nanoseconds, the largest value of a line in milliseconds, times in seconds since the run began.
 *
 * <p>A tag is {@code read.ok.service}: function, outcome ({@code ok}, {@code fail}, {@code info}), and from when it counts
 * ({@link Latencies}); {@code response} is there where the load is open. An operation belongs to the interval in which it ended.
 */
final class LatencyLog {
    /** A long run has longer intervals, so that its log does not outgrow its recording. */
    private static final int MOST_INTERVALS = 100;

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double NANOS_PER_MILLI = 1e6;

    private final History history;
    private final boolean open;
    private final SortedMap<String, Histogram> byTag = new TreeMap<>();
    private final Map<String, String> tagNames = new HashMap<>();

    private LatencyLog(Run run) {
        history = run.history();
        open = Latencies.isOpen(run);
    }

    /** That of a run, as the text of a file. */
    static String of(Run run) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream text = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            new LatencyLog(run).write(text);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void write(PrintStream text) {
        HistogramLogWriter log = new HistogramLogWriter(text);
        log.outputComment("[Latencies of a run in nanoseconds, by function, outcome and from when they count]");
        log.outputLogFormatVersion();
        log.outputBaseTime(0);
        log.outputLegend();
        int[] operations = IntStream.range(0, history.size())
                .filter(operation -> Latencies.isTimed(history, operation))
                .boxed()
                .sorted(Comparator.comparingLong(history::endedNanos))
                .mapToInt(Integer::intValue)
                .toArray();
        if (operations.length == 0) {
            return;
        }
        long last = history.endedNanos(operations[operations.length - 1]);
        long intervalNanos = SECOND_NANOS * Math.max(1, (last / SECOND_NANOS + MOST_INTERVALS) / MOST_INTERVALS);
        int next = 0;
        while (next < operations.length) {
            long begin = history.endedNanos(operations[next]) / intervalNanos * intervalNanos;
            int first = next;
            while (next < operations.length && history.endedNanos(operations[next]) < begin + intervalNanos) {
                next++;
            }
            interval(log, Arrays.copyOfRange(operations, first, next), begin, begin + intervalNanos);
        }
    }

    private void interval(HistogramLogWriter log, int[] operations, long beginNanos, long endNanos) {
        for (int operation : operations) {
            String tag = tag(operation);
            histogram(tag + "service").recordValue(Latencies.serviceNanos(history, operation));
            if (open) {
                histogram(tag + "response").recordValue(Latencies.responseNanos(history, operation));
            }
        }
        byTag.forEach((tag, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                histogram.setTag(tag); // each time: a reset takes it away
                log.outputIntervalHistogram(
                        beginNanos / (double) SECOND_NANOS,
                        endNanos / (double) SECOND_NANOS,
                        histogram,
                        NANOS_PER_MILLI);
                histogram.reset();
            }
        });
    }

    private Histogram histogram(String tag) {
        return byTag.computeIfAbsent(tag, fresh -> new Histogram(Latencies.SIGNIFICANT_DIGITS));
    }

    private String tag(int operation) {
        // the format ends a tag at a comma or a space
        return tagNames.computeIfAbsent(
                        history.functionName(history.function(operation)),
                        function -> function.replaceAll("[^A-Za-z0-9_-]", "_"))
                + "."
                + history.outcome(operation).name().toLowerCase(Locale.ROOT) + ".";
    }
}
