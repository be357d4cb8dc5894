package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.Optional;

/**
 * The order of the appends to a list, as the longest read of it shows.
 *
 * <p>An append that took effect and that no read shows stands behind all of these; such appends have no order among
 * themselves. Two reads of which neither is a prefix of the other leave no order: {@link #incompatible}.
 */
public final class TracedOrder implements RecordedOrder {
    private final int[] inOrder;
    private final long[] rank;
    private final Optional<int[]> incompatible;

    TracedOrder(int[] inOrder, Register register, Optional<int[]> incompatible) {
        this.inOrder = inOrder;
        this.incompatible = incompatible;
        rank = new long[register.writeCount()];
        Arrays.fill(rank, History.ABSENT);
        for (int i = 0; i < inOrder.length; i++) {
            rank[inOrder[i]] = i;
        }
        for (int w = 0; w < rank.length; w++) {
            if (rank[w] == History.ABSENT && register.isEffective(w)) {
                rank[w] = inOrder.length;
            }
        }
    }

    /** Empty for what is no list. */
    public static Optional<TracedOrder> of(Register register) {
        return register.traced();
    }

    @Override
    public int count() {
        return inOrder.length;
    }

    @Override
    public int write(int place) {
        return inOrder[place];
    }

    @Override
    public long rank(int write) {
        return rank[write];
    }

    @Override
    public boolean before(int first, int second) {
        return rank[first] != History.ABSENT && rank[first] < rank[second];
    }

    /** Whether some read shows the write. */
    public boolean isShown(int write) {
        return rank[write] != History.ABSENT && rank[write] < inOrder.length;
    }

    /**
     * Two accesses that read lists of which neither is a prefix of the other, if there are any; then there is no one order,
     * and consistent-prefix, sequential and linearizable are broken. Integrity is not: it asks what was read, not in which
     * order.
     */
    public Optional<int[]> incompatible() {
        return incompatible.map(int[]::clone);
    }
}
