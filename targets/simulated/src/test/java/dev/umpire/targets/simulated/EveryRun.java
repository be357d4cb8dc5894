package dev.umpire.targets.simulated;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs every configuration and every defect once, each into a folder of its name; a program of its own, so that another
 * process can be asked to do the same.
 */
final class EveryRun {
    private static final long OPERATIONS = 200;
    private static final long SEED = 42;

    private EveryRun() {}

    public static void main(String[] arguments) throws Exception {
        into(Path.of(arguments[0]));
    }

    static Path into(Path folder) throws Exception {
        SimulatedTarget target = new SimulatedTarget();
        for (Configuration configuration : target.configurations()) {
            Plan plan = Plans.busy(configuration, Map.of("loss-percent", "2"), OPERATIONS, SEED);
            run(plan, folder.resolve(configuration.name()));
        }
        run(Plans.open("sl-any", 16, 5_000, OPERATIONS).seed(SEED).build(), folder.resolve("open"));
        for (Defect defect : target.defects()) {
            run(Plans.trial(defect, OPERATIONS, SEED), folder.resolve(defect.id()));
        }
        return folder;
    }

    private static void run(Plan plan, Path folder) throws Exception {
        Files.createDirectories(folder);
        Runner.run(plan, new SimulatedTarget(), RunListener.SILENT, folder);
    }
}
