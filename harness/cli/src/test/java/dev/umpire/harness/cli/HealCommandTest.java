package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.NodeProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in processes of its own, because what is in force is found by the environment. */
@Timeout(300)
class HealCommandTest {

    @TempDir
    Path folder;

    @Test
    void whatAKilledHarnessLeftIsUndoneOnceAndTold() throws Exception {
        Process harness = java(DoomedHarness.class, folder.toString()).start();
        ProcessHandle server;
        try {
            server = ProcessHandle.of(Long.parseLong(harness.inputReader().readLine()))
                    .orElseThrow();
            assertThat(heal()).as("while its harness lives").isEqualTo("0 found nothing to undo");
        } finally {
            harness.destroyForcibly().waitFor();
        }
        assertThat(server.info().command()).as("survives its harness").isPresent();

        assertThat(heal())
                .startsWith("0 stopped 1 process (n1 " + server.pid() + ")")
                .contains("removed /");
        // one that is dead may not have been reaped yet, but has no command
        assertThat(server.info().command()).isEmpty();
        assertThat(heal()).isEqualTo("0 found nothing to undo");
    }

    @Test
    void whatCannotBeUndoneIsAFailure() throws Exception {
        Path journal = folder.resolve("state/in-force/1-1-0.json");
        Files.createDirectories(folder.resolve("state/in-force"));
        Files.writeString(journal, "no journal");

        assertThat(heal()).startsWith("2 umpire heal: could not undo what " + journal + " names");
    }

    @Test
    void whatCannotBeMendedElsewhereIsAFailureThatNamesItUntilItCan() throws Exception {
        Path possible = folder.resolve("possible");
        Process harness = java(DoomedMender.class, possible.toString()).start();
        assertThat(harness.inputReader().readLine()).isEqualTo("broken");
        harness.destroyForcibly().waitFor();

        assertThat(heal())
                .startsWith("2 umpire heal: ")
                .contains("could not undo what ", "the mending of n1: ended with exit code 7: n1 is away; by hand: ");
        Files.createFile(possible);
        assertThat(heal()).startsWith("0 ran 'the mending of n1' for the harness that was killed after ");
        assertThat(heal()).isEqualTo("0 found nothing to undo");
    }

    /** The exit code and what was said. */
    private String heal() throws Exception {
        Process process = java(Umpire.class, "heal").redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said.strip();
    }

    private ProcessBuilder java(Class<?> main, String argument) {
        ProcessBuilder builder = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument);
        builder.environment().put("UMPIRE_STATE_HOME", folder.resolve("state").toString());
        return builder;
    }

    /** A harness that starts a process, says which, and waits to be killed. */
    static final class DoomedHarness {
        public static void main(String[] arguments) throws IOException {
            Launcher launcher = Launcher.open();
            NodeProcess process = launcher.start(new Command(
                    "n1",
                    launcher.program("sleep", "coreutils"),
                    List.of("600"),
                    launcher.newFolder("n1"),
                    Map.of(),
                    Path.of(arguments[0], "n1.log")));
            System.out.println(process.pid().orElseThrow());
            if (System.in.read() < 0) {
                throw new IllegalStateException("nobody killed this harness");
            }
        }
    }

    /** A harness that breaks something which can be mended only once a file is there, says so, and waits to be killed. */
    static final class DoomedMender {
        public static void main(String[] arguments) throws IOException {
            Launcher launcher = Launcher.open();
            launcher.rememberUndo(new Command(
                    "the mending of n1",
                    launcher.program("sh", "dash"),
                    List.of("-c", "[ -e " + arguments[0] + " ] || { echo n1 is away; exit 7; }"),
                    launcher.newFolder("n1"),
                    Map.of(),
                    Path.of(arguments[0] + ".log")));
            System.out.println("broken");
            if (System.in.read() < 0) {
                throw new IllegalStateException("nobody killed this harness");
            }
        }
    }
}
