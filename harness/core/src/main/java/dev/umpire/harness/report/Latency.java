package dev.umpire.harness.report;

import org.HdrHistogram.AbstractHistogram;

/**
 * A distribution of latencies as its histogram tells it: each percentile is a nearest rank, at most a thousandth above the time
 * that was measured.
 *
 * @param count how many there were; 1 or more
 * @param p50Nanos the median
 * @param p90Nanos the 90th percentile
 * @param p99Nanos the 99th
 * @param p999Nanos the 99.9th
 * @param maxNanos the longest, as it was measured
 */
public record Latency(long count, long p50Nanos, long p90Nanos, long p99Nanos, long p999Nanos, long maxNanos) {

    /**
     * That of a histogram.
     *
     * @param histogram not empty
     * @param longest the longest that is in it
     */
    static Latency of(AbstractHistogram histogram, long longest) {
        return new Latency(
                histogram.getTotalCount(),
                at(histogram, 50, longest),
                at(histogram, 90, longest),
                at(histogram, 99, longest),
                at(histogram, 99.9, longest),
                longest);
    }

    private static long at(AbstractHistogram histogram, double percentile, long longest) {
        return Math.min(longest, histogram.getValueAtPercentile(percentile));
    }

    /** {@code p50 0.4 ms · p90 1.2 ms · p99 9.0 ms · p99.9 31.5 ms · at most 210.0 ms}. */
    public String sentence() {
        return "p50 " + Numbers.millisOneDigit(p50Nanos) + " ms · p90 " + Numbers.millisOneDigit(p90Nanos)
                + " ms · p99 " + Numbers.millisOneDigit(p99Nanos) + " ms · p99.9 "
                + Numbers.millisOneDigit(p999Nanos) + " ms · at most " + Numbers.millisOneDigit(maxNanos) + " ms";
    }
}
