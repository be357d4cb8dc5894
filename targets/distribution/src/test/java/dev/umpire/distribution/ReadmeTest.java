package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.report.DatasheetTable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README tells people to type is what CI types. */
class ReadmeTest {
    @Test
    void theFirstBlockOfTheReadmeIsTheTwoCommands() throws IOException {
        ReadmeBlock first = ReadmeBlock.all().stream()
                .filter(block -> block.file().equals("README.md"))
                .findFirst()
                .orElseThrow();
        assertThat(first.commands()).containsExactly("./umpire run", "mvn verify");
    }

    @Test
    void ciRunsTheMainCommandAndTakesTheTestCommandFromTheReadme() throws IOException {
        assertThat(Files.readString(ReadmeBlock.ROOT.resolve(".ci/run")))
                .contains("README.md", "mvn")
                .contains("expect 0 ./umpire run")
                .contains("expect 1 ./umpire run simulated --set reads=any-follower --seed 1");
    }

    @Test
    void theTableOfTheTargetsIsAsASurveyWritesIt() throws IOException {
        String readme = Files.readString(ReadmeBlock.ROOT.resolve("targets/README.md"));
        assertThat(readme).contains(DatasheetTable.BEGIN + "\n", DatasheetTable.END + "\n");

        // a survey that puts no row in changes nothing where head, order and ends are its own
        assertThat(DatasheetTable.into(readme, "no store", List.of())).isEqualTo(readme);
    }

    @Test
    void whatIsToBeStartedIsExecutable() {
        assertThat(ReadmeBlock.ROOT.resolve("umpire")).isExecutable();
        assertThat(ReadmeBlock.ROOT.resolve(".ci/run")).isExecutable();
    }
}
