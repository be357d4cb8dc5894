package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.plan.MalformedPlanException;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.util.Optional;

/**
 * What a run that was recorded had promised: its plan stands beside its history and names the configuration.
 *
 * @param workload of the plan, by its name
 * @param writeOrder the write order assumption of the plan, by its name
 */
record RecordedPromise(Configuration configuration, String workload, String writeOrder) {

    /**
     * The promise of the run whose folder or history this is.
     *
     * @throws WrongUse if no plan stands there, or if it names no configuration of a target that is known
     */
    static RecordedPromise of(String name, Surroundings surroundings, ClassLoader loader) throws WrongUse {
        Plan plan = plan(name, surroundings);
        for (Target target : surroundings.targets().apply(loader)) {
            if (target.name().equals(plan.target())) {
                return of(name, plan, target);
            }
        }
        throw new WrongUse("--guarantees: found promise and a run of " + plan.target()
                + ", expected one of a target that is on the class path");
    }

    private static Plan plan(String name, Surroundings surroundings) throws WrongUse {
        Optional<Plan> plan;
        try {
            plan = PlanFile.beside(surroundings.directory().resolve(name));
        } catch (MalformedPlanException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            plan = Optional.empty();
        }
        return plan.orElseThrow(() -> new WrongUse("--guarantees: found promise, but no plan beside " + name
                + ", expected the folder of a run of a configuration"));
    }

    private static RecordedPromise of(String name, Plan plan, Target target) throws WrongUse {
        try {
            Settings settings = SettingsResolver.resolve(target, plan.settings());
            Configuration configuration = JudgeOptions.promised(target, settings, plan.nemesis(), plan.nodes())
                    .orElseThrow(() -> new WrongUse("--guarantees: found promise, but " + name
                            + " ran without a configuration, expected one that promises something"));
            return new RecordedPromise(configuration, plan.workload().name(), plan.writeOrder());
        } catch (IllegalArgumentException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        }
    }
}
