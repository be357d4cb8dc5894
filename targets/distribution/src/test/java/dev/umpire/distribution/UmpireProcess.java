package dev.umpire.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a process of its own, with the class path of the distribution. */
final class UmpireProcess {
    private static final long LONGEST_SECONDS = 120;

    private UmpireProcess() {}

    /** What a script sees of it. */
    record Ended(int code, String out, String err) {}

    /**
     * What it is begun by.
     *
     * @param before what stands before it
     */
    static List<String> command(List<String> before, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        // as the script umpire starts it
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.umpire.harness.cli.Umpire"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs it with an empty standard input and a bound on its time. */
    static Ended run(Path directory, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        return run(List.of(), directory, options, arguments);
    }

    /**
     * The same as a part of another command.
     *
     * @param before what stands before it
     */
    static Ended run(List<String> before, Path directory, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = command(before, options, arguments);
        Path out = Files.createTempFile("umpire", ".out");
        Path err = Files.createTempFile("umpire", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        command + ": still running after " + LONGEST_SECONDS + " s, expected an end");
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
