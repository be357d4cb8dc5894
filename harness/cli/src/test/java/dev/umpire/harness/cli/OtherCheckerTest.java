package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody else's checker, asked from the command line. */
class OtherCheckerTest {
    private static final String HISTORY = """
            {:type :invoke, :process 0, :f :write, :value 1}
            {:type :ok, :process 0, :f :write, :value 1}
            """;

    private final Command command;

    OtherCheckerTest(@TempDir Path folder) {
        command = Command.in(folder).file("h.edn", HISTORY).file("a.jar", "").file("b.jar", "");
    }

    @Test
    void itAloneIsAskedWithItsSettingsAndTheClassPath() {
        Command.Answered answered = command.withClassPathOfTheEnvironment("b.jar:no-such-folder")
                .run(
                        "check",
                        "h.edn",
                        "--checker",
                        "mirror",
                        "--knossos",
                        "in-process",
                        "--knossos-limit",
                        "20s",
                        "--knossos-heap",
                        "512",
                        "--classpath",
                        "a.jar");

        assertThat(answered.err()).isEmpty();
        assertThat(answered.code()).isEqualTo(Exit.UNDECIDED.code());
        assertThat(answered.out())
                .contains("linearizable", "{heap-megabytes=512, limit-millis=20000, place=in-process} of 2 jars")
                .doesNotContain("integrity");
    }

    @Test
    void itsVerdictIsJsonLikeOurs() {
        assertThat(command.run("check", "h.edn", "--checker", "mirror", "--json")
                        .out())
                .contains("\"guarantee\":\"linearizable\"");
    }

    @Test
    void howToAddWhatIsMissingStaysInLines() {
        assertThat(command.run("check", "h.edn", "--checker", "mirror", "--knossos-algorithm", "wgl")
                        .err()
                        .lines())
                .containsExactly("umpire check: --checker mirror: found no glass.", "Add it:", "  glass:1.0");
    }

    @Test
    void anExceptionOfItIsAFailure() {
        Command.Answered answered = command.run("check", "h.edn", "--checker", "mirror", "--model", "register");

        assertThat(answered.code()).isEqualTo(Exit.FAILED.code());
        assertThat(answered.err()).contains("the checker of mirror failed: IllegalStateException: it broke");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--checker miror | --checker: found miror, expected mirror; the nearest is mirror",
                "--knossos in-process | --knossos: found without --checker, expected --checker knossos beside it",
                "--checker mirror --knossos-algorithm wgl | --checker mirror: found no glass.",
                "--checker mirror -g durability | --guarantees with --checker mirror: found durability, expected linearizable",
                "--checker mirror --classpath c.jar | --classpath: found no such file c.jar, expected a jar or a folder",
            })
    void whatCannotBeIsRefused(String arguments, String message) {
        Command.Answered answered = command.run(("check h.edn " + arguments).split(" "));

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains(message);
        assertThat(answered.out()).isEmpty();
    }
}
