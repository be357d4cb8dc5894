package dev.umpire.targets.simulated;

import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs one plan into a folder; a program of its own, so that another Java can be asked to do the same. */
final class OneRun {
    private OneRun() {}

    public static void main(String[] arguments) throws Exception {
        into(Path.of(arguments[0]), arguments[1]);
    }

    static Path into(Path folder, String configuration) throws Exception {
        Files.createDirectories(folder);
        Runner.run(
                Plans.busy(Plans.configuration(configuration), Map.of("loss-percent", "2"), 1_500, 42),
                new SimulatedTarget(),
                RunListener.SILENT,
                folder);
        return folder;
    }
}
