package dev.umpire.targets.simulated;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.plan.ScriptFile;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs every configuration, by plan and by script, and every defect once, each into a folder of its name; a program of its own, so that another
 * process can be asked to do the same.
 */
final class EveryRun {
    private static final long OPERATIONS = 200;
    private static final long SEED = 42;

    private static final List<Map<String, String>> BESIDE_THE_CONFIGURATIONS = List.of(
            Map.of("log", "logical"),
            Map.of("log", "physical"),
            Map.of("checksums", "off"),
            Map.of("snapshot-after", "1"));

    private EveryRun() {}

    public static void main(String[] arguments) throws Exception {
        into(Path.of(arguments[0]));
    }

    static Path into(Path folder) throws Exception {
        SimulatedTarget target = new SimulatedTarget();
        for (Configuration configuration : target.configurations()) {
            Plan plan = Plans.busy(configuration, Map.of("loss-percent", "2"), OPERATIONS, SEED);
            runByPlanAndScript(plan, folder.resolve(configuration.name()));
        }
        for (Map<String, String> settings : BESIDE_THE_CONFIGURATIONS) {
            Plan plan = Plans.busy(Plans.configuration("sl-any"), settings, OPERATIONS, SEED);
            runByPlanAndScript(plan, folder.resolve("sl-any" + settings));
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

    /** Once more by its schedule: only then each node's log tells the messages too. */
    private static void runByPlanAndScript(Plan plan, Path folder) throws Exception {
        run(plan, folder);
        Path traced = Files.createDirectories(folder.resolve("traced"));
        Script schedule = ScriptFile.read(folder.resolve(Runner.SCHEDULE));
        Runner.run(plan, Optional.of(schedule), new SimulatedTarget(), RunListener.SILENT, traced);
    }
}
