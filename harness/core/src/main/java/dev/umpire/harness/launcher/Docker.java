package dev.umpire.harness.launcher;

import dev.umpire.harness.environment.Uninterruptibly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The program {@code docker}, which asks the engine of this machine.
 *
 * @param program the file to run
 */
record Docker(Path program) {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final int MOST_SAID = 500;

    /**
     * The one on {@code PATH}.
     *
     * @throws LaunchException if there is none
     */
    static Docker find() throws LaunchException {
        return new Docker(new MachinePrograms()
                .find(List.of("docker"), Programs.Kind.PROGRAM, "docker.io")
                .path());
    }

    /**
     * Asks the engine for something and waits for it.
     *
     * @return what was said to standard output
     * @throws LaunchException if it was refused, or not done within 30 seconds; the message is what was said to standard error
     */
    String ask(String... arguments) throws LaunchException {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(Arrays.asList(arguments));
        try {
            return asked(words);
        } catch (LaunchException e) {
            throw e;
        } catch (IOException e) {
            throw new LaunchException("could not run " + program + ": " + e.getMessage(), e);
        }
    }

    private static String asked(List<String> words) throws IOException {
        // no files, which a harness that is killed would leave: the little that is said waits in a pipe until the end
        Process process = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        String question = "docker " + words.get(1);
        try {
            if (!Uninterruptibly.awaitEnd(process, BOUND)) {
                throw new LaunchException(question + " did not end within " + BOUND.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                String all = text(process.getErrorStream());
                throw new LaunchException(question + " ended with exit code " + process.exitValue() + ": "
                        + all.substring(Math.max(0, all.length() - MOST_SAID)));
            }
            return text(process.getInputStream());
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(InputStream said) throws IOException {
        return new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
