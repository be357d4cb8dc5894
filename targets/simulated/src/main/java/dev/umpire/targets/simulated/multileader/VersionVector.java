package dev.umpire.targets.simulated.multileader;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many changes of each leader somebody has: all up to these numbers.
 *
 * @param counts by the address of the leader
 */
record VersionVector(List<Long> counts) {
    VersionVector {
        counts = List.copyOf(counts);
    }

    /** Of so many leaders nothing. */
    static VersionVector none(int leaders) {
        return new VersionVector(Collections.nCopies(leaders, 0L));
    }

    long of(int origin) {
        return counts.get(origin);
    }

    boolean has(Dot dot) {
        return dot.sequence() <= of(dot.origin());
    }

    /** Whether this has everything that the other has. */
    boolean covers(VersionVector other) {
        for (int origin = 0; origin < counts.size(); origin++) {
            if (of(origin) < other.of(origin)) {
                return false;
            }
        }
        return true;
    }

    /** The same, and what this dot names with everything before it. */
    VersionVector with(Dot dot) {
        List<Long> more = new ArrayList<>(counts);
        more.set(dot.origin(), Math.max(of(dot.origin()), dot.sequence()));
        return new VersionVector(more);
    }

    /** What either has. */
    VersionVector and(VersionVector other) {
        List<Long> both = new ArrayList<>();
        for (int origin = 0; origin < counts.size(); origin++) {
            both.add(Math.max(of(origin), other.of(origin)));
        }
        return new VersionVector(both);
    }
}
