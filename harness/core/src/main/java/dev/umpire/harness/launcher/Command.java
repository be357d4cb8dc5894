package dev.umpire.harness.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process to start.
 *
 * @param name what people call it: {@code n1}
 * @param program from {@link Launcher#program}
 * @param arguments without the program
 * @param folder its working folder, made by {@link Launcher#newFolder}
 * @param environment variables set in addition to those of the harness
 * @param log takes its standard output and standard error, appended
 * @param user as whom it runs, from {@link Launcher#serverUser}; empty: as the harness does
 */
public record Command(
        String name,
        Path program,
        List<String> arguments,
        Path folder,
        Map<String, String> environment,
        Path log,
        Optional<String> user) {
    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** A process that runs as the user as whom the harness runs. */
    public Command(
            String name, Path program, List<String> arguments, Path folder, Map<String, String> environment, Path log) {
        this(name, program, arguments, folder, environment, log, Optional.empty());
    }

    /** The same, with these variables too. */
    public Command with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Command(name, program, arguments, folder, all, log, user);
    }

    /** The same, run as this user. */
    public Command as(Optional<String> other) {
        return new Command(name, program, arguments, folder, environment, log, other);
    }
}
