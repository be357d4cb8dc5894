package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    private final Command command;

    HelpTest(@TempDir Path folder) {
        command = Command.in(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "run,--workload --nemesis --sessions --ops --time --seed --guarantees --set --out --json --defect --nodes"
                + " --rate --load --keys --with --gap --hold --move-every --timeout --converge --write-order --classpath"
                + " --verbose --fail-fast --schedule",
        "check,--guarantees --model --write-order --initial --json independent --verbose --checker --knossos"
                + " --knossos-algorithm --knossos-heap --knossos-limit --classpath UMPIRE_CLASSPATH",
        "survey,--defects --only --seeds --seed --page --json --verbose --classpath",
        "explore,--runs --budget --go-on --unsteered --compare --nemesis --guarantees --out --classpath",
        "replay,--twice --out --classpath",
        "shrink,--guarantee --runs --out --classpath",
        "diff,--guarantees --write-order --model --time-limit --initial independent --json --verbose",
        "serve,--out --host --port --verbose --classpath",
        "heal,killed",
        "list,--json --classpath"
    })
    void theHelpOfACommandHasEachOptionAndExamples(String name, String options) {
        Command.Answered answered = command.run(name, "--help");

        assertThat(answered.code()).isZero();
        assertThat(answered.out()).contains(options.split(" ")).contains("Examples:", "umpire " + name);
        assertThat(answered.err()).isEmpty();
    }

    @Test
    void theHelpOfUmpireHasTheCommandsTheExitCodesAndExamples() {
        Command.Answered answered = command.run("--help");

        assertThat(answered.code()).isZero();
        assertThat(answered.out()).contains("run", "check", "list", "Exit codes", "3 undecided", "Examples:");
    }

    @Test
    void withoutACommandItTellsWhichThereAre() {
        Command.Answered answered = command.run();

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.out()).isEmpty();
        assertThat(answered.err())
                .startsWith("Usage: umpire")
                .contains("survey", "Examples:")
                .endsWith("umpire: found no command, expected one of those above" + System.lineSeparator());
    }

    @Test
    void helpOfWhatIsNoCommandSaysSo() {
        Command.Answered answered = command.run("help", "rnu");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("Unknown subcommand 'rnu'");
    }

    @ParameterizedTest
    @CsvSource({"--set,reads=any,reads=leader", "--with,keys=1,keys=2"})
    void aNameThatIsGivenTwoValuesIsRefused(String option, String first, String second) {
        Command.Answered answered = command.run("run", option, first, option, second);

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err())
                .contains(option + ": found " + second + " after " + first + ", expected each name once");
        assertThat(command.run("run", option, "reads").err()).contains(option + ": found reads, expected NAME=VALUE");
        assertThat(command.run("run", option).err()).contains(option + ": found nothing behind it");
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(command.run("--version").out()).isEqualTo("umpire 0.1.0" + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({"--seeed 3,--seed", "--seeed=3,--seed", "--guarantes causal,--guarantees", "--nemess all,--nemesis"})
    void anOptionThatIsMisspeltIsToldTheNearest(String typed, String meant) {
        Command.Answered answered = command.run(("run simulated " + typed).split(" ", -1));

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err())
                .startsWith("umpire: Unknown option: '" + typed.replaceFirst("[ =].*", "") + "'; the nearest is "
                        + meant + " (");
    }

    @Test
    void aCommandThatIsMisspeltIsToldTheNearest() {
        Command.Answered answered = command.run("chek");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("chek", "the nearest is check");
    }

    /** Lines that are broken by hand are broken again where the terminal is narrower. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "check",
                "lint",
                "convert",
                "survey",
                "explore",
                "learn",
                "replay",
                "shrink",
                "diff",
                "serve",
                "heal",
                "list",
                "completion"
            })
    void helpIsBrokenIntoLinesWhereTheTerminalEnds(String name) {
        List<String> lines =
                command.run((name + " --help").strip().split(" ")).out().lines().toList();

        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        for (int i = 0; i + 1 < lines.size(); i++) {
            String next = lines.get(i + 1);
            boolean goesOn = !next.isBlank() && Character.isLowerCase(next.charAt(0));
            if (goesOn && Character.isLetter(lines.get(i).charAt(0))) {
                String first = next.split(" ", 2)[0];
                assertThat(lines.get(i).length() + 1 + first.length())
                        .as("%s%n%s", lines.get(i), next)
                        .isGreaterThanOrEqualTo(80);
            }
        }
    }
}
