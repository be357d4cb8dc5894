package dev.umpire.targets.simulated.leaderless;

import java.util.Comparator;

/**
 * The name of one write: which session or process gave the name, and its number among those to this place.
 *
 * @param process who gave the name
 * @param number from 1
 */
record Dot(ProcessName process, long number) implements Comparable<Dot> {
    private static final Comparator<Dot> ORDER =
            Comparator.comparing(Dot::process).thenComparingLong(Dot::number);

    @Override
    public int compareTo(Dot other) {
        return ORDER.compare(this, other);
    }

    long digest() {
        return Digest.of(process.digest(), number);
    }

    /** In nodes' logs. */
    @Override
    public String toString() {
        return "write " + number + " of " + process;
    }
}
