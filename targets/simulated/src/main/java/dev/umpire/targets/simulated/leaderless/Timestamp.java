package dev.umpire.targets.simulated.leaderless;

import java.util.Comparator;

/**
 * When a write was: a count of writes, or the time by a node's clock.
 *
 * @param dot which write it was, so that no two have the same timestamp
 */
record Timestamp(long number, Dot dot) implements Comparable<Timestamp> {
    private static final Comparator<Timestamp> ORDER =
            Comparator.comparingLong(Timestamp::number).thenComparing(Timestamp::dot);

    @Override
    public int compareTo(Timestamp other) {
        return ORDER.compare(this, other);
    }

    /** In nodes' logs. */
    @Override
    public String toString() {
        return number + " by " + dot;
    }
}
