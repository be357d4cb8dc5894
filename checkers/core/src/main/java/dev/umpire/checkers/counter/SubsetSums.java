package dev.umpire.checkers.counter;

import org.agrona.collections.LongArrayList;
import org.agrona.collections.LongHashSet;

/** All numbers that a start and a subset of the amounts added so far can sum up to. */
final class SubsetSums {
    /** No more sums are held, whatever the budget: some 16 MB. */
    private static final int MOST = 1 << 19;

    private final LongHashSet distinct = new LongHashSet();
    private final LongArrayList sums = new LongArrayList();
    private final long budget;
    private int size;
    private long steps;
    private boolean complete = true;

    SubsetSums(long start, long budget) {
        this.budget = budget;
        put(start);
    }

    /** How many amounts were added. */
    int size() {
        return size;
    }

    /** One more amount that may have been counted, or not. */
    void add(long amount) {
        size++;
        int before = sums.size();
        for (int i = 0; i < before && complete; i++) {
            steps++;
            if (steps > budget || sums.size() >= MOST) {
                complete = false;
            } else {
                put(Math.addExact(sums.getLong(i), amount));
            }
        }
    }

    private void put(long sum) {
        if (distinct.add(sum)) {
            sums.addLong(sum);
        }
    }

    /** Whether all sums are known; false once the budget was spent. */
    boolean isComplete() {
        return complete;
    }

    boolean contains(long sum) {
        return distinct.contains(sum);
    }
}
