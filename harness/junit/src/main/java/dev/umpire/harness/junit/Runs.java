package dev.umpire.harness.junit;

import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;

/** Runs plans for a test; a parameter of {@link ConsistencyTest} methods that make their own plan. */
@FunctionalInterface
public interface Runs {
    /**
     * Runs a plan from start to verdicts.
     *
     * @throws IllegalStateException if the run could not be carried out; its cause says why
     * @throws IllegalArgumentException if the plan asks for what the target cannot do
     */
    Run run(PlanBuilder plan);
}
