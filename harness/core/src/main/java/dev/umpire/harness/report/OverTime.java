package dev.umpire.harness.report;

import java.util.Arrays;

/** Measurements over a time axis that is cut into equal stretches. */
final class OverTime {
    /** Enough for a line as wide as a page. */
    static final int STRETCHES = 240;

    private static final int VALUE_BITS = 48;
    private static final long LARGEST = (1L << VALUE_BITS) - 1;

    private final long from;
    private final long to;
    /** The number of the stretch above the value, so that sorting puts each stretch together. */
    private long[] packed = new long[1024];

    private int size;

    /**
     * @param from where the axis begins
     * @param to where it ends; not before it begins
     */
    OverTime(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** Adds a value; below 0 counts as 0. */
    void add(long at, long value) {
        if (size == packed.length) {
            packed = Arrays.copyOf(packed, 2 * size);
        }
        packed[size++] = stretch(at) << VALUE_BITS | Math.min(LARGEST, Math.max(0, value));
    }

    private long stretch(long at) {
        double share = (at - from) / (double) (to - from + 1);
        return Math.min(STRETCHES - 1, Math.max(0, (long) (share * STRETCHES)));
    }

    /** What was measured in each stretch. */
    Stretches stretches() {
        Arrays.sort(packed, 0, size);
        long[] counts = new long[STRETCHES];
        long[] median = new long[STRETCHES];
        long[] nearlyAll = new long[STRETCHES];
        long[] most = new long[STRETCHES];
        int begin = 0;
        for (int stretch = 0; stretch < STRETCHES; stretch++) {
            int end = begin;
            while (end < size && packed[end] >>> VALUE_BITS == stretch) {
                end++;
            }
            counts[stretch] = (long) end - begin;
            median[stretch] = percentile(begin, end, 50);
            nearlyAll[stretch] = percentile(begin, end, 99);
            most[stretch] = percentile(begin, end, 100);
            begin = end;
        }
        return new Stretches(counts, median, nearlyAll, most);
    }

    /** All values, smallest first. */
    long[] values() {
        long[] values = Arrays.stream(packed, 0, size).map(one -> one & LARGEST).toArray();
        Arrays.sort(values);
        return values;
    }

    private long percentile(int begin, int end, int percent) {
        return begin == end ? -1 : packed[Percentiles.rank(begin, end, percent)] & LARGEST;
    }

    /**
     * One number a stretch each; percentiles are nearest ranks, and -1 where nothing was measured.
     *
     * @param counts how many there were
     * @param median the 50th percentile
     * @param nearlyAll the 99th percentile
     * @param most the largest
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one page and read once
    record Stretches(long[] counts, long[] median, long[] nearlyAll, long[] most) {}
}
