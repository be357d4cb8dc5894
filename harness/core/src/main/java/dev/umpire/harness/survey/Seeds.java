package dev.umpire.harness.survey;

import dev.umpire.harness.environment.SideBySide;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.target.Target;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * Which seeds are tried.
 *
 * @param first of them
 * @param count how many at most; 1 or more
 */
public record Seeds(long first, long count) {
    private static final String THREADS = "umpire-seeds";

    public Seeds {
        if (count < 1) {
            throw new IllegalArgumentException("seeds: found " + count + ", expected 1 or more");
        }
    }

    /** Runs a plan in memory. */
    @FunctionalInterface
    public interface Simulator {
        Run simulate(Plan plan, Target target) throws RunException;
    }

    /**
     * Runs the plans of the seeds and hands over what was said of each, in the order of the seeds, until one is not wanted.
     *
     * @throws IllegalStateException if a run could not be carried out or a checker failed; the message names the seed
     */
    void each(Target target, Simulator simulator, LongFunction<Plan> plans, Predicate<Seen> wanted) {
        SideBySide.inOrder(
                THREADS, first, first + count - 1, seed -> seen(plans.apply(seed), target, simulator), wanted);
    }

    private static Seen seen(Plan plan, Target target, Simulator simulator) {
        Run run;
        try {
            run = simulator.simulate(plan, target);
        } catch (RunException | RuntimeException e) {
            throw new IllegalStateException(
                    "seed " + plan.seed() + " of " + plan.settings() + ": " + e.getMessage(), e);
        }
        run.failures().stream().findFirst().ifPresent(failure -> {
            throw new IllegalStateException(
                    "seed " + plan.seed() + " of " + plan.settings() + ": " + failure.sentence(), failure.cause());
        });
        return Seen.of(run);
    }
}
