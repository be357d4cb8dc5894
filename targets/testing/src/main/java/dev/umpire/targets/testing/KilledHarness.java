package dev.umpire.targets.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A harness, in a process of its own, that is killed while its run goes on. */
public final class KilledHarness {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private KilledHarness() {}

    /**
     * Asserts that the processes of a run outlive their harness, and that nothing of them is left once the next launcher has
     * been opened.
     *
     * @param target the name of one that starts three servers
     * @param program a part of the path of the servers' program
     * @param folder an empty one
     */
    public static void assertTheNextOneUndoesAll(String target, String program, Path folder) throws Exception {
        Predicate<ProcessHandle> runs =
                process -> process.info().command().orElse("").contains(program); // one that is dead has none
        Path state = folder.resolve("state");
        List<String> others = sharedMemory();
        List<ProcessHandle> servers = servers(target, folder, state, runs);

        assertThat(servers).as("survive their harness").allMatch(runs);
        List<ProcessHandle> backends =
                servers.stream().flatMap(ProcessHandle::descendants).toList();
        try (Launcher next = Launcher.open(state)) {
            assertThat(next.undone()).hasSize(2).first().asString().startsWith("stopped 3 processes (n1 ");
        }
        assertThat(servers).noneMatch(runs);
        assertThat(sharedMemory())
                .as("by the pids of those that made it")
                .filteredOn(piece -> !others.contains(piece))
                .extracting(piece -> piece.split(" ", -1)[0])
                .doesNotContainAnyElementsOf(servers.stream()
                        .map(server -> String.valueOf(server.pid()))
                        .toList());
        // the last of them end by themselves, when they find that their server has
        Awaitility.await("backends").atMost(LIMIT).until(() -> backends.stream().noneMatch(runs));
    }

    /** The System V shared memory of this machine, each by the pid of its maker and its id: columns of proc(5). */
    private static List<String> sharedMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/sysvipc/shm")).stream()
                .map(line -> line.strip().split(" +", -1))
                .map(columns -> columns[4] + " " + columns[1])
                .toList();
    }

    /** The servers of a run whose harness was killed. */
    private static List<ProcessHandle> servers(String target, Path folder, Path state, Predicate<ProcessHandle> runs)
            throws Exception {
        Process harness = running(Doomed.class, folder, state, Map.of(), target);
        try {
            List<ProcessHandle> servers = harness.children().filter(runs).toList();
            assertThat(servers).hasSize(3);
            return servers;
        } finally {
            harness.destroyForcibly().waitFor();
        }
    }

    /**
     * A harness in a process of its own, whose sessions have begun.
     *
     * @param main hands its first argument, which is an empty folder, to {@link #runUntilKilled}
     * @param folder an empty one
     * @param state where it has its journal
     * @param environment of the process, beside this one's
     * @param more arguments
     */
    public static Process running(
            Class<?> main, Path folder, Path state, Map<String, String> environment, String... more) throws Exception {
        Path errors = folder.resolve("err");
        List<String> words = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-D" + ServerJars.PROPERTY + "=" + System.getProperty(ServerJars.PROPERTY, ""),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                Files.createDirectory(folder.resolve("doomed")).toString()));
        words.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("UMPIRE_STATE_HOME", state.toString());
        builder.environment().putAll(environment);
        Process harness = builder.redirectError(errors.toFile()).start();
        boolean begun = false;
        try {
            assertThat(harness.inputReader().readLine()).as("%s", errors).isEqualTo("running");
            begun = true;
            return harness;
        } finally {
            if (!begun) {
                harness.destroyForcibly().waitFor();
            }
        }
    }

    /** A run that says on standard output when it has begun and would last for a minute. */
    public static void runUntilKilled(Target target, String folder) throws Exception {
        runUntilKilled(PlanBuilder.real(target.name()).nemesis("pause"), target, folder);
    }

    /** The same of a plan. */
    public static void runUntilKilled(PlanBuilder plan, Target target, String folder) throws Exception {
        RunListener listener = new RunListener() {
            @Override
            public void phase(String name) {
                if (name.equals("running")) {
                    System.out.println(name);
                }
            }
        };
        plan.guarantees("durability").lasting(Duration.ofMinutes(1));
        Runner.run(plan.build(), target, listener, Path.of(folder));
    }

    /** The harness of a target by its name. */
    static final class Doomed {
        private Doomed() {}

        public static void main(String[] arguments) throws Exception {
            runUntilKilled(target(arguments[1]), arguments[0]);
        }

        private static Target target(String name) {
            return ServiceLoader.load(Target.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
