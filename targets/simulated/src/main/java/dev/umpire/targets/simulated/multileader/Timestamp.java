package dev.umpire.targets.simulated.multileader;

import java.util.Comparator;

/**
 * When a change was made, by its leader's clock. Any two changes have different ones.
 *
 * @param nanos the leader's clock, or the largest that it has heard of
 * @param count tells changes of one {@code nanos} apart
 * @param origin the address of the leader, for changes that are equal otherwise
 */
record Timestamp(long nanos, long count, int origin) implements Comparable<Timestamp> {
    private static final Comparator<Timestamp> ORDER = Comparator.comparingLong(Timestamp::nanos)
            .thenComparingLong(Timestamp::count)
            .thenComparingInt(Timestamp::origin);

    @Override
    public int compareTo(Timestamp other) {
        return ORDER.compare(this, other);
    }
}
