package dev.umpire.harness.cli;

import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.cli.terminal.Terminal.Style;
import dev.umpire.harness.cli.terminal.TextTable;
import dev.umpire.harness.cli.terminal.TextTable.Cell;
import dev.umpire.harness.diff.Difference;
import dev.umpire.harness.diff.Divergence;
import dev.umpire.harness.diff.GuaranteeChange;
import dev.umpire.harness.diff.MeasuredChange;
import dev.umpire.harness.diff.PlanChange;
import dev.umpire.harness.diff.Trend;
import dev.umpire.harness.report.BriefVerdict;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.Percentiles;
import dev.umpire.harness.report.Phrases;
import dev.umpire.harness.report.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A difference for people. */
final class DiffPage {
    /** A value of a megabyte is no help to a reader. */
    private static final int LONGEST_LINE = 400;

    private final Terminal terminal;

    DiffPage(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param what it is, fit to be shown */
    void side(String letter, String what) {
        line(letter + "  " + what);
    }

    void present(Difference difference) {
        plan(difference.plan());
        guarantees(difference.guarantees());
        measured(difference.measured());
        difference.first().ifPresent(first -> first(first, difference.beyondTime()));
        if (difference.isNone()) {
            line("");
            line("nothing differs");
        }
    }

    private void plan(List<PlanChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        TextTable table = new TextTable().row(List.of(faint("plan"), faint("A"), faint("B")));
        changes.forEach(
                change -> table.row(SafeText.clipped(change.field()), setting(change.a()), setting(change.b())));
        print(table);
    }

    private static String setting(Optional<String> value) {
        return value.map(SafeText::clipped).orElse("not set");
    }

    private void guarantees(List<GuaranteeChange> changes) {
        TextTable table = new TextTable()
                .row(List.of(faint("guarantee"), faint("A"), faint(""), faint("B"), faint(""), faint("B is")));
        changes.stream()
                .filter(change -> !change.isUndecided())
                .forEach(change -> table.row(List.of(
                        Cell.of(SafeText.visible(change.guarantee())),
                        answer(change.a()),
                        Cell.of(change.a().map(BriefVerdict::counts).orElse("")),
                        answer(change.b()),
                        Cell.of(change.b().map(BriefVerdict::counts).orElse("")),
                        new Cell(change.trend().word(), style(change.trend())))));
        print(table);
        String undecided = changes.stream()
                .filter(GuaranteeChange::isUndecided)
                .map(change -> SafeText.visible(change.guarantee()))
                .collect(Collectors.joining(" · "));
        if (!undecided.isEmpty()) {
            line(terminal.styled(Style.FAINT, "undecided in both  ") + undecided);
        }
    }

    private static Cell answer(Optional<BriefVerdict> verdict) {
        return verdict.map(one -> new Cell(Phrases.answer(one.answer()), VerdictPage.style(one.answer())))
                .orElse(Cell.of("not judged"));
    }

    private static Style style(Trend trend) {
        return switch (trend) {
            case WORSE -> Style.BAD;
            case LOST -> Style.OPEN;
            case BETTER -> Style.GOOD;
            case SAME -> Style.PLAIN;
        };
    }

    private void measured(List<MeasuredChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        TextTable table = new TextTable()
                .row(List.of(
                        faint("measured"),
                        faint(""),
                        faint("p50"),
                        faint("p90"),
                        faint("p99"),
                        faint("max"),
                        faint("of")));
        for (MeasuredChange change : changes) {
            table.row(percentiles(change.what(), "A", change.a()));
            table.row(percentiles("", "B", change.b()));
        }
        print(table);
    }

    private static List<Cell> percentiles(String what, String side, Optional<Percentiles> measured) {
        return measured.map(one -> List.of(
                        Cell.of(what),
                        Cell.of(side),
                        millis(one.p50()),
                        millis(one.p90()),
                        millis(one.p99()),
                        millis(one.max()),
                        Cell.of(Numbers.grouped(one.count()))))
                .orElse(List.of(Cell.of(what), Cell.of(side), Cell.of("nothing")));
    }

    private static Cell millis(long nanos) {
        return Cell.of(Numbers.millis(nanos, nanos));
    }

    private void first(Divergence first, Optional<Divergence> beyondTime) {
        boolean timeAlone = !beyondTime.equals(Optional.of(first));
        line("");
        tell("first difference", first, timeAlone ? ", in its time" : "");
        if (timeAlone) {
            beyondTime.ifPresentOrElse(
                    more -> tell("first beside times", more, ""), () -> line("beside times   nothing differs"));
        }
    }

    private void tell(String label, Divergence at, String how) {
        line(terminal.styled(Style.FAINT, label + "  ") + "after " + Numbers.counted(at.event(), "equal event") + how);
        line("  A  " + event(at.a()));
        line("  B  " + event(at.b()));
    }

    private static String event(Optional<String> line) {
        return line.map(text -> SafeText.clipped(text, LONGEST_LINE)).orElse("nothing: it has ended");
    }

    private void print(TextTable table) {
        line("");
        table.lines(terminal).forEach(this::line);
    }

    private void line(String text) {
        terminal.out().println(text);
    }

    private static Cell faint(String text) {
        return new Cell(text, Style.FAINT);
    }
}
