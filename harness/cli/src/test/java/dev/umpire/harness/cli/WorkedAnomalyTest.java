package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README of the checkers tells of the guarantees, and of an anomaly step by step. */
class WorkedAnomalyTest {
    private static final Pattern BLOCK = Pattern.compile("```\n(.*?)\n```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private String readme = "";
    private List<String> blocks = List.of();

    @BeforeEach
    void read() throws IOException {
        readme = Files.readString(Path.of("../../checkers/README.md"));
        int begin = readme.indexOf("## An anomaly, worked");
        String section = readme.substring(begin, readme.indexOf("\n## ", begin + 1));
        blocks = BLOCK.matcher(section).results().map(found -> found.group(1)).toList();
        assertThat(blocks).as("a recording, a command, and what it prints").hasSize(3);
        Files.writeString(folder.resolve("reads.jsonl"), blocks.get(0) + "\n");
    }

    @Test
    void theCommandPrintsWhatIsWrittenBeneath() {
        assertThat(printed().replace(folder + "/", "").strip())
                .isEqualTo(blocks.get(2).strip());
    }

    @Test
    void theWriteOrderDecidesAsToldInTheText() {
        assertThat(printed("--write-order", "session")).contains("monotonic-reads  ✗ broken");
        assertThat(printed("--write-order", "none")).contains("monotonic-reads  ✓ held");
    }

    @Test
    void everyGuaranteeIsToldInOneRow() {
        for (Guarantee guarantee : Guarantee.known()) {
            assertThat(readme.lines().filter(line -> line.matches("\\| `" + guarantee.name() + "[`:].*\\?.*\\|.*\\|")))
                    .as(guarantee.name())
                    .hasSize(1);
        }
    }

    private String printed(String... more) {
        List<String> words = List.of(blocks.get(1).split(" ", -1));
        return Command.in(folder)
                .run(Stream.concat(words.stream().skip(1), Stream.of(more)).toArray(String[]::new))
                .out();
    }
}
