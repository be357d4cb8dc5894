package dev.umpire.harness.cli;

import dev.umpire.checkers.lint.Finding;
import dev.umpire.checkers.lint.Lint;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.cli.terminal.Terminal.Style;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SafeText;
import dev.umpire.histories.History;
import dev.umpire.histories.ReadOptions;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code umpire lint}: the mistakes of a recorder with which people fool their checker. */
@Command(
        name = "lint",
        description = "Look for mistakes of the recorder: what would make a verdict one about the recording.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Exit codes: 0 nothing found, 1 something was found, 2 wrong use or bad input. 1 outranks 2.",
            "",
            "Example:",
            "  umpire lint history.edn"
        })
final class LintCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Histories; each is looked at on its own.")
    List<String> files = new ArrayList<>();

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Option(
            names = {"-v", "--verbose"},
            description = "Stack traces of what failed.")
    boolean verbose;

    LintCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The findings of a history in one line; empty if there are none. */
    static Optional<String> line(History history) {
        List<Finding> findings = Lint.of(history);
        if (findings.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(findings.stream()
                .map(finding -> finding.mistake().title() + " (" + Numbers.grouped(finding.count()) + ")")
                .collect(Collectors.joining(" · ", "", "; 'umpire lint' says more")));
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try {
            ReadOptions how = reading.readOptions();
            Exit all = Exit.HELD;
            for (String file : files) {
                Optional<History> history = new RecordedFiles(surroundings, verbose).read(file, how);
                all = all.and(history.map(this::present).orElse(Exit.FAILED));
            }
            return all.code();
        } catch (WrongUse e) {
            terminal.err().println("umpire lint: " + SafeText.visible(String.valueOf(e.getMessage())));
            return Exit.FAILED.code();
        }
    }

    private Exit present(History history) {
        Terminal terminal = surroundings.terminal();
        PrintStream out = terminal.out();
        String name = SafeText.visible(history.source().name());
        List<String> warnings = history.source().warnings();
        List<Finding> findings = Lint.of(history);
        if (findings.isEmpty() && warnings.isEmpty()) {
            out.println(name + ": nothing found in " + Numbers.counted(history.size(), "operation"));
            return Exit.HELD;
        }
        out.println(terminal.styled(Style.STRONG, name) + ": "
                + Numbers.counted(findings.size() + (long) warnings.size(), "finding") + " in "
                + Numbers.counted(history.size(), "operation"));
        for (Finding finding : findings) {
            out.println();
            out.println(
                    terminal.styled(Style.STRONG, finding.mistake().title()) + ": " + Numbers.grouped(finding.count()));
            out.println("  first    " + SafeText.visible(finding.sentence()));
            out.println("  why      " + finding.mistake().why());
            out.println("  mend     " + finding.mistake().mend());
        }
        if (!warnings.isEmpty()) {
            out.println();
            out.println(terminal.styled(Style.STRONG, "what the reader noticed"));
            warnings.forEach(warning -> out.println("  " + SafeText.visible(warning)));
        }
        return Exit.BROKEN;
    }
}
