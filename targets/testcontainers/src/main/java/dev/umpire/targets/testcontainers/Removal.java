package dev.umpire.targets.testcontainers;

import dev.umpire.harness.launcher.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that removes the containers and the network of one cluster: for a harness that was killed, or that gave the start
 * up while it was under way.
 */
final class Removal {
    private Removal() {}

    /**
     * The command that runs it, on the class path of this process.
     *
     * @param folder of the launcher; its name is the cluster's
     */
    static Command of(Path folder) {
        return new Command(
                "the removal of containers",
                Path.of(System.getProperty("java.home"), "bin", "java"),
                List.of("-cp", System.getProperty("java.class.path"), Removal.class.getName(), folder.toString()),
                folder,
                // whose own reaper is not needed for that, and may not be there
                Map.of("TESTCONTAINERS_RYUK_DISABLED", "true"),
                folder.resolve("removal.log"));
    }

    /**
     * Removes every container of a cluster.
     *
     * @param arguments the cluster's name, alone
     * @throws IOException if the engine does not answer
     */
    public static void main(String[] arguments) throws IOException {
        Engine.open().removeCluster(arguments[0]);
    }
}
