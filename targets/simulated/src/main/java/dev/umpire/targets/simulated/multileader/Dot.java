package dev.umpire.targets.simulated.multileader;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/**
 * The name of one change: no other has it.
 *
 * @param origin the address of the leader that took it
 * @param sequence its number among the changes of this leader, from 1
 */
record Dot(int origin, long sequence) implements Comparable<Dot> {
    private static final Comparator<Dot> ORDER =
            Comparator.comparingInt(Dot::origin).thenComparingLong(Dot::sequence);

    /** An unmodifiable copy in their order: traces print it, and {@code Set.copyOf} has another order in every process. */
    static Set<Dot> copy(Collection<Dot> dots) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(dots));
    }

    @Override
    public int compareTo(Dot other) {
        return ORDER.compare(this, other);
    }
}
