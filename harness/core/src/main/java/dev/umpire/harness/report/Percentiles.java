package dev.umpire.harness.report;

import java.util.Arrays;
import java.util.Optional;

/**
 * A distribution in four numbers, each of which was measured: percentiles are nearest ranks.
 *
 * @param count how many values there were; 1 or more
 * @param p50 the median
 * @param p90 the 90th percentile
 * @param p99 the 99th percentile
 * @param max the largest
 */
public record Percentiles(long count, long p50, long p90, long p99, long max) {

    /** Those of some values in any order; empty where there are none. */
    public static Optional<Percentiles> of(long[] values) {
        if (values.length == 0) {
            return Optional.empty();
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return Optional.of(new Percentiles(
                sorted.length,
                sorted[rank(0, sorted.length, 50)],
                sorted[rank(0, sorted.length, 90)],
                sorted[rank(0, sorted.length, 99)],
                sorted[sorted.length - 1]));
    }

    /**
     * Where a percentile stands among sorted values.
     *
     * @param begin of the values
     * @param end behind the last of them; greater than {@code begin}
     * @param percent 0 to 100
     */
    static int rank(int begin, int end, int percent) {
        long rank = Math.max(1, ((long) (end - begin) * percent + 99) / 100);
        return begin + (int) rank - 1;
    }
}
