package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the READMEs and the examples of the help tell people to type has commands and options that there are. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    /** Up to what follows a command on its line: a comment, a column of text, the end of a code span, another program. */
    private static final Pattern COMMAND =
            Pattern.compile("(?<![\\w/-])(?:\\./)?umpire ((?:[a-z-]+)(?: [^\\s`#|>()]+)*)");

    /** A word as a shell takes it. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");

    @TempDir
    static Path folder;

    static List<String> typed() throws IOException {
        List<String> typed = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            for (Path file :
                    files.filter(path -> path.endsWith("README.md")).sorted().toList()) {
                typed.addAll(commands(Files.readString(file)));
            }
        }
        for (String command : List.of(
                "run",
                "survey",
                "explore",
                "replay",
                "shrink",
                "check",
                "lint",
                "convert",
                "diff",
                "list",
                "completion",
                "learn",
                "serve",
                "heal")) {
            String help = Command.in(folder).run(command, "--help").out();
            typed.addAll(commands(help.substring(Math.max(0, help.indexOf("Examples:")))));
        }
        return typed.stream().distinct().toList();
    }

    private static List<String> commands(String text) {
        List<String> commands = new ArrayList<>();
        for (String line : text.replaceAll("\\\\\n *", "").lines().toList()) {
            Matcher matcher = COMMAND.matcher(line);
            while (matcher.find()) {
                commands.add(matcher.group(1));
            }
        }
        return commands;
    }

    @ParameterizedTest
    @MethodSource("typed")
    void whatIsToBeTypedIsUnderstood(String arguments) {
        List<String> words = new ArrayList<>();
        WORD.matcher(arguments).results().map(found -> found.group()).forEach(word -> {
            // what may be left out, or repeated
            if (!word.startsWith("[")) {
                words.add(word.replace("...", "").replaceAll("['\"]", ""));
            }
        });
        if (words.size() == 1) {
            // a name in a sentence, without what the command needs
            words.add("--help");
        }

        assertThatCode(() -> Command.in(folder).understand(words.toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    @Test
    void whatThereIsNotIsNotUnderstood() {
        assertThatThrownBy(() -> Command.in(folder).understand("check", "a.edn", "--guarantes", "causal"))
                .hasMessageContaining("--guarantes");
        assertThatThrownBy(() -> Command.in(folder).understand("chek")).hasMessageContaining("chek");
    }
}
