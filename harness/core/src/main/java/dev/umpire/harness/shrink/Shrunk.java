package dev.umpire.harness.shrink;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;

/**
 * A schedule of which nothing can be left out, or as small as it came to be.
 *
 * @param plan the plan beside it: the seed draws delays, the guarantees are the one that is broken
 * @param script what is asked and what strikes
 * @param guarantee that its run breaks
 * @param runs how many runs it took to find it
 * @param end why it is not smaller
 * @param removals how many single operations, faults, sessions, keys and nodes could be left out
 * @param impossible of how many of these removals no run can be made; 0 unless all were tried
 */
public record Shrunk(Plan plan, Script script, String guarantee, int runs, End end, int removals, int impossible) {

    /** Why nothing more was left out. */
    public enum End {
        /**
         * With the seed of the plan, no run without any single operation, fault, session, key or node breaks the guarantee. Other
         * seeds have other delays, and several removals at once were not tried.
         */
        MINIMAL,
        /** So many runs were made as there may be. */
        BOUND_REACHED,
        /** The calling thread was interrupted. */
        INTERRUPTED
    }

    /** Whether it is a local minimum. */
    public boolean minimal() {
        return end == End.MINIMAL;
    }

    /** How large it is. */
    public Size size() {
        return Size.of(plan, script);
    }
}
