package dev.umpire.checkers.prefix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts sets of operations that show a contradiction, and keeps the best few: the smallest, then the closest together. */
final class Nearest {
    private static final Comparator<int[]> BEST_FIRST = Comparator.<int[]>comparingInt(each -> each.length)
            .thenComparingInt(each -> each[each.length - 1] - each[0]);

    private final int limit;
    private final boolean firstOnly;
    private final List<int[]> kept = new ArrayList<>();
    private long count;

    /**
     * An empty collection.
     *
     * @param limit how many are kept; 1 or more
     * @param firstOnly whether one is enough
     */
    Nearest(int limit, boolean firstOnly) {
        this.limit = limit;
        this.firstOnly = firstOnly;
    }

    /** Counts operations, ascending, and keeps them if they are among the best. */
    void add(int[] operations) {
        count++;
        kept.add(operations);
        if (kept.size() > 8 * limit) {
            cut();
        }
    }

    /** Whether no more need be looked for. */
    boolean isEnough() {
        return firstOnly && count > 0;
    }

    long count() {
        return count;
    }

    /** The best, in that order. */
    List<int[]> kept() {
        cut();
        return List.copyOf(kept);
    }

    private void cut() {
        kept.sort(BEST_FIRST);
        if (kept.size() > limit) {
            kept.subList(limit, kept.size()).clear();
        }
    }
}
