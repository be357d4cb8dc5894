package dev.umpire.harness.cli;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.cli.terminal.Terminal.Style;
import dev.umpire.harness.cli.terminal.TextTable;
import dev.umpire.harness.cli.terminal.TextTable.Cell;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.ci.CheckedHistory;
import dev.umpire.harness.report.ci.CheckedHistory.Decided;
import dev.umpire.harness.report.ci.CheckedHistory.Refused;
import dev.umpire.harness.report.ci.CheckedHistory.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Many histories, a line each, and how many of them stand how. */
final class SummaryTable {
    private SummaryTable() {}

    static List<String> of(List<CheckedHistory> histories, Terminal terminal) {
        TextTable table = new TextTable();
        table.row(List.of(head("history"), head("verdict"), head("operations"), head("broken")));
        for (CheckedHistory history : histories) {
            table.row(List.of(
                    Cell.of(SafeText.visible(history.name())),
                    new Cell(
                            history.standing().mark() + " " + history.standing().word(), style(history.standing())),
                    Cell.of(
                            history instanceof Decided decided
                                    ? Numbers.grouped(decided.history().size())
                                    : ""),
                    Cell.of(what(history))));
        }
        List<String> lines = new ArrayList<>(table.lines(terminal));
        lines.add("");
        lines.add(CheckedHistory.counts(histories));
        return lines;
    }

    private static Cell head(String text) {
        return new Cell(text, Style.FAINT);
    }

    private static String what(CheckedHistory history) {
        if (history instanceof Refused refused) {
            return SafeText.clipped(refused.reason(), 200);
        }
        return ((Decided) history)
                .judgement().judged().stream()
                        .filter(judged -> judged.verdict().answer() == Answer.INVALID)
                        .map(judged -> judged.verdict().guarantee())
                        .collect(Collectors.joining(" · "));
    }

    private static Style style(Standing standing) {
        return switch (standing) {
            case HELD -> Style.GOOD;
            case BROKEN, FAILED -> Style.BAD;
            case UNDECIDED -> Style.OPEN;
            case TOLD -> Style.PLAIN;
        };
    }
}
