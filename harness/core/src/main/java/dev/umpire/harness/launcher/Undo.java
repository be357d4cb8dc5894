package dev.umpire.harness.launcher;

import dev.umpire.harness.environment.Uninterruptibly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    private static final int MOST_SAID = 500;

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
     * @throws LaunchException if it cannot be started, fails, or does not end within 30 seconds: then it is killed; the message
     *     has what it said last, and the command where that is short
     */
    void run() throws IOException {
        List<String> words = new ArrayList<>(List.of(program));
        words.addAll(arguments);
        Path said = Files.createTempFile("umpire-undo-", ".log");
        try {
            run(words, said);
        } catch (IOException e) {
            throw new LaunchException(name + ": " + e.getMessage() + said(said) + byHand(words), e);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private void run(List<String> words, Path said) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!Uninterruptibly.awaitEnd(process, BOUND)) {
                throw new LaunchException("did not end within " + BOUND.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new LaunchException("ended with exit code " + process.exitValue());
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** A command with the class path of a harness helps nobody in a message; the journal has it. */
    private static String byHand(List<String> words) {
        String command = String.join(" ", words);
        return command.length() > MOST_SAID ? "" : "; by hand: " + command;
    }

    private static String said(Path file) throws IOException {
        String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        return all.isEmpty() ? "" : ": " + all.substring(Math.max(0, all.length() - MOST_SAID));
    }
}
