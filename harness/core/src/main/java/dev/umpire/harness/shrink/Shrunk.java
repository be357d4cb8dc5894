package dev.umpire.harness.shrink;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;

/**
 * A schedule of which nothing can be left out.
 *
 * @param plan the plan beside it: the seed draws delays, the guarantees are the one that is broken
 * @param script what is asked and what strikes
 * @param guarantee that its run breaks
 * @param runs how many runs it took to find it
 * @param minimal whether it was tried that without any single operation, fault, session, key or node the guarantee is kept
 * @param removals how many such removals there are
 */
public record Shrunk(Plan plan, Script script, String guarantee, int runs, boolean minimal, int removals) {

    /** How large it is. */
    public Size size() {
        return Size.of(plan, script);
    }
}
