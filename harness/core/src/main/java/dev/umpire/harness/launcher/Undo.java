package dev.umpire.harness.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command that undoes what was done outside of this machine's processes, as it stands in a journal.
 *
 * @param name what people call it: {@code restart n1}
 * @param program the file to run
 * @param arguments without the program
 * @param environment variables set in addition to those of the harness
 */
record Undo(String name, String program, List<String> arguments, Map<String, String> environment) {
    private static final Duration BOUND = Duration.ofSeconds(30);

    Undo {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    static Undo of(Command command) {
        return new Undo(command.name(), command.program().toString(), command.arguments(), command.environment());
    }

    /**
     * Runs it to its end.
     *
     * @throws LaunchException if it cannot be started, fails, or does not end within 30 seconds: then it is killed
     */
    void run() throws IOException {
        List<String> words = new ArrayList<>(List.of(program));
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LaunchException(name + ": did not end within " + BOUND.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new LaunchException(name + ": ended with exit code " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(name + ": interrupted while its end was awaited", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
