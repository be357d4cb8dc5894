package dev.umpire.checkers.staleness;

import dev.umpire.checkers.verdict.Figure;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.agrona.collections.LongArrayList;

/** How stale the reads were, in time and in versions; percentiles are nearest ranks (no value is made up). */
final class Distribution {
    private static final long[] TOLD_NANOS = {0, 10_000_000L, 100_000_000L, 1_000_000_000L};
    private static final long[] TOLD_VERSIONS = {1, 3};

    private final Optional<Bound> bound;
    private final LongArrayList nanos = new LongArrayList();
    private final LongArrayList versions = new LongArrayList();
    private long fresh;
    private boolean unmeasured;

    Distribution(Optional<Bound> bound) {
        this.bound = bound;
    }

    void fresh() {
        fresh++;
    }

    /** A read that some newer acknowledged write had preceded; {@code staleNanos} may be absent. */
    void stale(long staleVersions, long staleNanos) {
        versions.addLong(staleVersions);
        if (staleNanos == History.ABSENT) {
            unmeasured = true;
        } else {
            nanos.addLong(staleNanos);
        }
    }

    /** Those of the unit that was asked for, or both; none where nothing was read, in time none where times are missing. */
    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        if (fresh + versions.size() == 0) {
            return figures;
        }
        if (!unmeasured && bound.map(one -> one.unit() == Bound.Unit.NANOS).orElse(true)) {
            long[] sorted = sorted(nanos);
            figures.add(Figure.nanos("p50", percentile(sorted, 50)));
            figures.add(Figure.nanos("p90", percentile(sorted, 90)));
            figures.add(Figure.nanos("p99", percentile(sorted, 99)));
            figures.add(Figure.nanos("max", percentile(sorted, 100)));
            for (long t : withBound(TOLD_NANOS)) {
                figures.add(Figure.fraction("within " + Words.duration(t), within(sorted, t)));
            }
        }
        if (bound.map(one -> one.unit() == Bound.Unit.VERSIONS).orElse(true)) {
            long[] sorted = sorted(versions);
            figures.add(Figure.count("p50 versions", percentile(sorted, 50)));
            figures.add(Figure.count("p90 versions", percentile(sorted, 90)));
            figures.add(Figure.count("p99 versions", percentile(sorted, 99)));
            figures.add(Figure.count("max versions", percentile(sorted, 100)));
            figures.add(Figure.fraction("fresh", within(sorted, 0)));
            for (long k : withBound(TOLD_VERSIONS)) {
                figures.add(Figure.fraction("within " + Words.count(k, "version", "versions"), within(sorted, k)));
            }
        }
        return figures;
    }

    private long[] withBound(long[] told) {
        return LongStream.concat(Arrays.stream(told), bound.stream().mapToLong(Bound::amount))
                .filter(amount -> told[0] == 0 || amount > 0)
                .distinct()
                .sorted()
                .toArray();
    }

    private static long[] sorted(LongArrayList list) {
        long[] sorted = list.toLongArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private long percentile(long[] stale, int percent) {
        long all = fresh + stale.length;
        long rank = Math.max(1, (all * percent + 99) / 100);
        return rank <= fresh ? 0 : stale[(int) (rank - fresh - 1)];
    }

    private double within(long[] stale, long amount) {
        int low = 0;
        int high = stale.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (stale[middle] > amount) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return (fresh + low) / (double) (fresh + stale.length);
    }
}
