package dev.umpire.targets.simulated;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.shrink.Shrinker;
import dev.umpire.harness.shrink.Shrunk;
import dev.umpire.harness.survey.Trials;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import java.util.ArrayList;
import java.util.List;

/** The runs of defects, found as a survey finds them, and shrunk. */
final class Shrinking {
    private static final SimulatedTarget TARGET = new SimulatedTarget();
    private static final int MOST_SEEDS = 50;
    private static final int MOST_RUNS = 20_000;

    private Shrinking() {}

    /** The first run that shows how a defect breaks a guarantee, shrunk. */
    static Shrunk of(Defect defect, String guarantee) throws RunException {
        Configuration configuration = Plans.configuration(defect.configuration());
        for (long seed = 1; seed <= MOST_SEEDS; seed++) {
            Plan plan = Trials.of(TARGET, configuration, defect, List.of(guarantee), seed);
            List<Script> schedule = new ArrayList<>();
            RunListener listener = new RunListener() {
                @Override
                public void scheduled(Script script) {
                    schedule.add(script);
                }
            };
            Run run = Runner.simulate(plan, TARGET, listener);
            if (Judge.breaks(run, guarantee)) {
                return Shrinker.of(plan, schedule.get(0), guarantee, TARGET, Runner::simulate, MOST_RUNS)
                        .orElseThrow(() -> new AssertionError(
                                defect.id() + ": the schedule of the run of seed " + plan.seed() + " keeps " + guarantee));
            }
        }
        throw new AssertionError(defect.id() + " was not found to break " + guarantee);
    }
}
