package dev.umpire.harness.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param name what people call it: {@code n1}
 * @param program from {@link Launcher#program}
 * @param arguments without the program
 * @param folder its working folder, made by {@link Launcher#newFolder}
 * @param environment variables set in addition to those of the harness
 * @param log takes its standard output and standard error, appended
 */
public record Command(
        String name, Path program, List<String> arguments, Path folder, Map<String, String> environment, Path log) {
    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }
}
