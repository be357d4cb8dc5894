package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One plan gives one history, byte for byte. */
class ReproductionTest {
    private static final String CONFIGURATION = "sl-semisync";
    private static final Path THIS_JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final long MOST_SECONDS = 300;

    @TempDir
    private Path folder;

    @Test
    void theSamePlanGivesTheSameBytesTwiceInOneProcess() throws Exception {
        assertThat(contents(OneRun.into(folder.resolve("first"), CONFIGURATION)))
                .isEqualTo(contents(OneRun.into(folder.resolve("second"), CONFIGURATION)));
    }

    /**
     * Another process has other identity hash codes, and iterates over {@code Set.of} and {@code Map.of} in another order,
     * which is drawn when it starts. Hash codes are all the same in one of these processes and drawn from one sequence in the
     * other (HotSpot's {@code synchronizer.cpp}, {@code get_next_hash}).
     */
    @Test
    void everyPlanGivesTheSameBytesInProcessesWithOtherHashCodesAndOrders() throws Exception {
        Map<String, String> expected = contents(EveryRun.into(folder.resolve("here")));
        assertThat(expected)
                .hasSizeGreaterThan(new SimulatedTarget().configurations().size());
        for (String hashCodes : List.of("2", "0")) {
            Path there = inAnotherProcess(
                    THIS_JAVA,
                    List.of(
                            "-XX:+IgnoreUnrecognizedVMOptions",
                            "-XX:+UnlockExperimentalVMOptions",
                            "-XX:hashCode=" + hashCodes),
                    EveryRun.class);

            Map<String, String> found = contents(there);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            found.forEach((file, content) -> assertThat(content.lines())
                    .as("%s with -XX:hashCode=%s", file, hashCodes)
                    .containsExactlyElementsOf(
                            expected.getOrDefault(file, "").lines().toList()));
        }
    }

    /** {@code UMPIRE_OTHER_JAVA} names the {@code java} program of another version. */
    @Test
    void theSamePlanGivesTheSameBytesOnAnotherJava() throws Exception {
        Optional<String> other = Optional.ofNullable(System.getenv("UMPIRE_OTHER_JAVA"));
        Assumptions.assumeTrue(other.isPresent(), "UMPIRE_OTHER_JAVA is not set");
        assertThat(contents(inAnotherProcess(Path.of(other.orElseThrow()), List.of(), OneRun.class, CONFIGURATION)))
                .isEqualTo(contents(OneRun.into(folder.resolve("here"), CONFIGURATION)));
    }

    /** Lets another process run a program that writes into a folder, whose path is its first argument. */
    private Path inAnotherProcess(Path java, List<String> options, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        Path there = Files.createTempDirectory(folder, "there");
        Path output = folder.resolve("output");
        // it ends before what the optimising compiler takes from it comes back
        List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName(),
                there.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends within %d s", java, MOST_SECONDS)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return there;
    }

    /** What every file of a run's folder says. */
    private static Map<String, String> contents(Path run) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(run.relativize(file).toString(), Files.readString(file));
            }
        }
        assertThat(contents.keySet()).anyMatch(name -> name.endsWith("history.jsonl"));
        return contents;
    }
}
