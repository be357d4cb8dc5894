package dev.umpire.distribution;

import dev.umpire.harness.cluster.ServerJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A shell in a folder in which {@code ./umpire} stands as in a checkout that has been built. */
final class Shell implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Path folder;
    private final List<Process> begun = new ArrayList<>();

    private Shell(Path folder) {
        this.folder = folder;
    }

    /**
     * What became of a command.
     *
     * @param printed to both streams
     */
    record Ended(int code, String printed) {}

    static Shell in(Path folder) throws IOException {
        Shell shell = new Shell(folder);
        shell.program("umpire", """
                exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.defaultLogLevel=error '-D%s=%s' ${UMPIRE_JAVA_OPTIONS:-} \\
                    -cp '%s' dev.umpire.harness.cli.Umpire "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        ServerJars.PROPERTY,
                        ReadmeBlock.ROOT.resolve("targets/servers"),
                        System.getProperty("java.class.path")));
        return shell;
    }

    /** Puts a script where the shell looks for programs first. */
    void program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Types a line and awaits its end. */
    Ended type(String line) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "printed", ".txt");
        Process process = start(line, printed);
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            end(process);
            throw new IllegalStateException(
                    line + ": still running after " + LONGEST + ", expected an end\n" + Files.readString(printed));
        }
        return new Ended(process.exitValue(), Files.readString(printed));
    }

    /** Types a line that goes on until this is closed. */
    void begin(String line) throws IOException {
        begun.add(start("exec " + line, folder.resolve("begun-" + begun.size() + ".txt")));
    }

    private Process start(String line, Path printed) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line).directory(folder.toFile());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        // what is in force here is no business of the user's own runs
        builder.environment().put("UMPIRE_STATE_HOME", folder.resolve("state").toString());
        builder.environment()
                .put("GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        process.getOutputStream().close();
        return process;
    }

    private static void end(Process process) {
        Stream<ProcessHandle> below = process.descendants();
        below.forEach(ProcessHandle::destroyForcibly);
        Object unused = process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        begun.forEach(Shell::end);
        begun.clear();
    }
}
