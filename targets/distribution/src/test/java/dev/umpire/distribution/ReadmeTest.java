package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README tells people to type is what CI types. */
class ReadmeTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    @Test
    void theFirstBlockOfTheReadmeIsTheTwoCommands() throws IOException {
        assertThat(commands(Files.readString(ROOT.resolve("README.md")))).containsExactly("./umpire run", "mvn verify");
    }

    @Test
    void ciRunsTheMainCommandAndTakesTheTestCommandFromTheReadme() throws IOException {
        assertThat(Files.readString(ROOT.resolve(".ci/run")))
                .contains("README.md", "mvn")
                .contains("expect 0 ./umpire run")
                .contains("expect 1 ./umpire run simulated --set reads=any-follower --seed 1");
    }

    @Test
    void whatIsToBeStartedIsExecutable() {
        assertThat(ROOT.resolve("umpire")).isExecutable();
        assertThat(ROOT.resolve(".ci/run")).isExecutable();
    }

    /** The commands of the first code block, without their comments. */
    private static List<String> commands(String readme) {
        List<String> commands = new ArrayList<>();
        boolean inside = false;
        for (String line : readme.lines().toList()) {
            if (line.startsWith("```")) {
                if (inside) {
                    break;
                }
                inside = true;
            } else if (inside && !line.isBlank()) {
                commands.add(line.replaceFirst("\\s*#.*$", "").strip());
            }
        }
        return commands;
    }
}
