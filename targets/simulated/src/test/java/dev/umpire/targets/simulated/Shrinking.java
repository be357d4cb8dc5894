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
import dev.umpire.harness.target.SettingsResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The runs of defects, found as a survey finds them, and shrunk. */
final class Shrinking {
    private static final SimulatedTarget TARGET = new SimulatedTarget();
    private static final int MOST_SEEDS = 50;
    private static final int MOST_RUNS = 20_000;

    private Shrinking() {}

    /** Defects by their names or the stores of which they are, {@code SL4,ML}; without any, all. */
    static Stream<Defect> defects(String only) {
        List<String> names = List.of(only.split(","));
        return TARGET.defects().stream()
                .filter(defect -> only.isEmpty()
                        || names.contains(defect.id())
                        || names.contains(defect.id().replaceFirst("[0-9]+$", "")));
    }

    /** The same plan for the correct configuration. */
    static Plan withoutDefect(Plan plan, Defect defect) {
        return plan.withSetting(SettingsResolver.DEFECT, "")
                .withSetting(SettingsResolver.CONFIGURATION, defect.configuration());
    }

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
                return Shrinker.of(
                                plan,
                                schedule.get(0),
                                guarantee,
                                TARGET,
                                Runner::simulate,
                                MOST_RUNS,
                                (runs, smallest) -> {})
                        .orElseThrow(() -> new AssertionError(defect.id() + ": the schedule of the run of seed "
                                + plan.seed() + " keeps " + guarantee));
            }
        }
        throw new AssertionError(defect.id() + " was not found to break " + guarantee);
    }
}
