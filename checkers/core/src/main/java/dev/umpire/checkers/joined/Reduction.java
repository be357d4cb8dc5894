package dev.umpire.checkers.joined;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Leaves operations out, halves first, then single ones, as long as the rest is still broken (after Zeller and Hildebrandt,
 * <i>Simplifying and isolating failure-inducing input</i>, TSE 28(2), 2002). Bounded by an effort, which the question spends in
 * operations and configurations.
 */
public final class Reduction {
    private static final long EFFORT = 200_000;

    private long effort = EFFORT;

    /** So much was spent. */
    public void spend(long cost) {
        effort -= cost;
    }

    /** Whether the effort was enough to try everything. */
    public boolean isComplete() {
        return effort > 0;
    }

    /**
     * The operations that are left.
     *
     * @param all broken
     * @param closing the operations that must be kept where some are
     */
    public Set<Integer> least(Set<Integer> all, UnaryOperator<Set<Integer>> closing, Predicate<Set<Integer>> broken) {
        Set<Integer> kept = all;
        int chunk = Math.max(1, kept.size() / 2);
        boolean again = true;
        while (again || chunk > 1) {
            chunk = again ? chunk : chunk / 2;
            again = false;
            List<Integer> candidates = new ArrayList<>(kept);
            for (int at = 0; at < candidates.size() && effort > 0; at += chunk) {
                Set<Integer> fewer = new TreeSet<>(kept);
                candidates.subList(at, Math.min(candidates.size(), at + chunk)).forEach(fewer::remove);
                Set<Integer> closed = closing.apply(fewer);
                if (closed.size() < kept.size() && broken.test(closed)) {
                    kept = closed;
                    again = true;
                }
            }
            again &= effort > 0;
        }
        return kept;
    }
}
