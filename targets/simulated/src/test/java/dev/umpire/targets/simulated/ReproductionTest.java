package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final long MOST_SECONDS = 60;

    @TempDir
    private Path folder;

    @Test
    void theSamePlanGivesTheSameBytesTwiceInOneProcess() throws Exception {
        assertThat(contents(OneRun.into(folder.resolve("first"), CONFIGURATION)))
                .isEqualTo(contents(OneRun.into(folder.resolve("second"), CONFIGURATION)));
    }

    @Test
    void theSamePlanGivesTheSameBytesInAnotherProcess() throws Exception {
        assertThat(contents(inAnotherProcess(Path.of(System.getProperty("java.home"), "bin", "java"))))
                .isEqualTo(contents(OneRun.into(folder.resolve("here"), CONFIGURATION)));
    }

    /** {@code UMPIRE_OTHER_JAVA} names the {@code java} program of another version. */
    @Test
    void theSamePlanGivesTheSameBytesOnAnotherJava() throws Exception {
        Optional<String> other = Optional.ofNullable(System.getenv("UMPIRE_OTHER_JAVA"));
        Assumptions.assumeTrue(other.isPresent(), "UMPIRE_OTHER_JAVA is not set");
        assertThat(contents(inAnotherProcess(Path.of(other.orElseThrow()))))
                .isEqualTo(contents(OneRun.into(folder.resolve("here"), CONFIGURATION)));
    }

    private Path inAnotherProcess(Path java) throws IOException, InterruptedException {
        Path there = folder.resolve("there");
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(List.of(
                        java.toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OneRun.class.getName(),
                        there.toString(),
                        CONFIGURATION))
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
        assertThat(contents).containsKey("history.jsonl");
        return contents;
    }
}
