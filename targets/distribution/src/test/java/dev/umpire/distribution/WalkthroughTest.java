package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walk of {@code targets/README.md}: its class as it stands there, and its runs of real processes as they are typed there. */
class WalkthroughTest {
    private static final String README = "targets/README.md";
    private static final String RUN = "./umpire run my-store ";
    private static final Path EXAMPLE = ReadmeBlock.ROOT.resolve("targets/example");
    private static final String CLASSES = "target/my-store";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void compile() throws IOException {
        Path services = Files.createDirectories(folder.resolve(CLASSES).resolve("META-INF/services"));
        Files.writeString(services.resolve("dev.umpire.harness.target.Target"), "MyStore\n");
        List<String> arguments = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-proc:none"));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        arguments.addAll(List.of("-d", folder.resolve(CLASSES).toString()));
        try (Stream<Path> sources = Files.list(EXAMPLE)) {
            sources.map(Path::toString).forEach(arguments::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private static Stream<ReadmeBlock> blocks(String begin) throws IOException {
        return ReadmeBlock.all().stream()
                .filter(block -> block.file().equals(README))
                .filter(block -> block.lines().stream().anyMatch(line -> line.startsWith(begin)));
    }

    /** Runs the command of this place among those that are shown, here and not at the root of the project. */
    private static UmpireProcess.Ended run(int place) throws IOException, InterruptedException {
        String command = blocks(RUN)
                .flatMap(block -> block.commands().stream())
                .filter(line -> line.startsWith(RUN))
                .toList()
                .get(place);
        assertThat(command).contains("--classpath " + CLASSES);
        List<String> words = Arrays.asList(command.split(" ", -1));
        return UmpireProcess.run(
                folder,
                List.of(),
                words.subList(1, words.size()).stream()
                        .filter(word -> !word.isEmpty())
                        .toArray(String[]::new));
    }

    @Test
    void theClassIsShownAsItIsTested() throws IOException {
        assertThat(blocks("public final class MyStore"))
                .singleElement()
                .satisfies(block ->
                        assertThat(block.text() + "\n").isEqualTo(Files.readString(EXAMPLE.resolve("MyStore.java"))));
    }

    @Test
    void aFollowerThatIsShippedToLaterHidesASessionsOwnWrite() throws Exception {
        UmpireProcess.Ended ended = run(0);

        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.out())
                .containsPattern("read-your-writes +✗ broken")
                .containsPattern("session \\d+ +wrote \\S+ at n1 ")
                .containsPattern("session \\d+ +read \\S+ at n[23] ");
    }

    @Test
    void whatIsShippedFirstIsSeenWhateverStrikes() throws Exception {
        UmpireProcess.Ended ended = run(1);

        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out())
                .containsPattern("read-your-writes +✓ held")
                .containsPattern("durability +✓ held")
                .containsPattern("eventual +✓ held")
                .containsPattern("crash \\d+ × \\(at most .*confirmed")
                .containsPattern("pause \\d+ × \\(at most .*confirmed")
                .containsPattern("partition \\d+ × \\(at most .*confirmed");
    }
}
