package dev.umpire.targets.command;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.external.Shell;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes the processes of clients.
 *
 * @param shell that runs their command
 * @param directory in which it runs it
 * @param folder of our own, by which processes are known as ours
 */
record Clients(
        Environment environment,
        Launcher launcher,
        CommandSettings settings,
        Dialogue dialogue,
        NodeLogs logs,
        Path shell,
        Path directory,
        Path folder) {

    /**
     * One that has not been started.
     *
     * @param session whose it is: the session's number, or who else asks
     */
    ClientProcess of(String session) {
        String name = "client-" + session;
        Command command = new Command(
                name,
                shell,
                List.of("-c", Shell.in(directory, settings.client())),
                folder,
                Map.of(),
                logs.file(new Node(name)));
        return new ClientProcess(environment, launcher, command, dialogue, settings.functions(), session);
    }
}
