package dev.umpire.harness.cli;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.cli.terminal.Terminal.Style;
import dev.umpire.harness.cli.terminal.TextTable;
import dev.umpire.harness.cli.terminal.TextTable.Cell;
import dev.umpire.harness.report.Evidence;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.OperationWords;
import dev.umpire.harness.report.Phrases;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judged;
import dev.umpire.histories.History;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Verdicts for people: the table, what was in force, and the anomalies in words. */
final class VerdictPage {
    private final Terminal terminal;
    private final PrintStream stream;
    private final JudgeOptions options;

    /** @param stream standard output, or standard error where standard output is for JSON */
    VerdictPage(Terminal terminal, PrintStream stream, JudgeOptions options) {
        this.terminal = stream == terminal.out()
                ? terminal
                : new Terminal(terminal.out(), terminal.err(), false, terminal.errIsTerminal(), terminal.columns());
        this.stream = stream;
        this.options = options;
    }

    /** A line of the head: a label, and what it says. */
    void label(String label, String text) {
        stream.println(terminal.styled(Style.FAINT, pad(label)) + text);
    }

    void line(String text) {
        stream.println(text);
    }

    void table(List<Judged> judged, List<CheckerFailure> failures) {
        TextTable table = new TextTable();
        table.row(List.of(faint("guarantee"), faint("verdict"), faint("evidence")));
        for (Judged one : judged) {
            Verdict verdict = one.verdict();
            String cost = options.verbose ? " · " + Numbers.millisOneDigit(one.elapsedNanos()) + " ms" : "";
            table.row(List.of(
                    Cell.of(verdict.guarantee()),
                    new Cell(Phrases.answer(verdict.answer()), style(verdict.answer())),
                    Cell.of(Phrases.evidence(verdict) + cost)));
        }
        for (CheckerFailure failure : failures) {
            table.row(List.of(
                    Cell.of(failure.guarantee()),
                    new Cell("! failed", Style.BAD),
                    Cell.of(SafeText.visible(failure.sentence()))));
        }
        table.lines(terminal).forEach(stream::println);
    }

    /** What was in force, and how much went on meanwhile. */
    void evidence(History history) {
        Evidence evidence = Evidence.of(history);
        Evidence.Counts total = evidence.total();
        List<String> kinds = new ArrayList<>();
        evidence.byFunction()
                .forEach((function, counts) ->
                        kinds.add(Numbers.grouped(counts.ok()) + " " + SafeText.clipped(function)));
        label(
                "operations ok",
                Numbers.grouped(total.ok()) + " (" + String.join(", ", kinds) + "), " + Numbers.grouped(total.fail())
                        + " failed, " + Numbers.grouped(total.info()) + " unknown");
        String labelText = "faults in force";
        for (Evidence.DuringFault fault : evidence.byFault()) {
            List<String> during = new ArrayList<>();
            fault.okByFunction()
                    .forEach((function, ok) -> during.add(Numbers.grouped(ok) + " " + SafeText.clipped(function)));
            label(
                    labelText,
                    SafeText.clipped(fault.kind()) + " " + fault.times() + " × (at most "
                            + Numbers.seconds(fault.longestNanos()) + ", "
                            + (fault.confirmed() == fault.times() ? "" : fault.confirmed() + " ")
                            + "confirmed), during them "
                            + Numbers.grouped(fault.ok()) + " operations ok (" + String.join(", ", during) + ")");
            labelText = "";
        }
    }

    /** Each broken guarantee with its shortest anomaly. */
    void anomalies(History history, List<Judged> judged) {
        OperationWords words = new OperationWords(history);
        for (Judged one : judged) {
            Verdict verdict = one.verdict();
            if (verdict.answer() == Answer.INVALID) {
                tell(verdict, words);
            }
        }
    }

    private void tell(Verdict verdict, OperationWords words) {
        int told = Math.min(options.anomalies, verdict.anomalies().size());
        for (int i = 0; i < told; i++) {
            Anomaly anomaly = verdict.anomalies().get(i);
            String which = i > 0
                    ? "another"
                    : verdict.anomalyCount() == 1
                            ? "the one anomaly"
                            : "the shortest of " + Numbers.grouped(verdict.anomalyCount());
            stream.println();
            stream.println(terminal.styled(Style.STRONG, verdict.guarantee()) + ", " + which + " ("
                    + SafeText.visible(anomaly.kind()) + "):");
            TextTable table = new TextTable();
            for (int operation : anomaly.operations()) {
                table.row(
                        "",
                        words.session(operation),
                        words.action(operation),
                        words.place(operation),
                        words.when(operation),
                        words.ending(operation));
            }
            table.lines(terminal).forEach(stream::println);
            stream.println("  " + SafeText.visible(anomaly.sentence()));
        }
    }

    private static Style style(Answer answer) {
        return switch (answer) {
            case VALID -> Style.GOOD;
            case INVALID -> Style.BAD;
            case UNKNOWN -> Style.OPEN;
        };
    }

    private static Cell faint(String text) {
        return new Cell(text, Style.FAINT);
    }

    private static String pad(String label) {
        int width = label.length() > 10 || label.isEmpty() ? 21 : 11;
        return label + " ".repeat(Math.max(1, width - label.length()));
    }
}
