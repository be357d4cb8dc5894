package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.survey.Datasheet;
import dev.umpire.harness.survey.Datasheet.Finding;
import dev.umpire.harness.survey.Datasheet.FirstBreak;
import dev.umpire.harness.survey.Datasheet.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** A table in a Markdown file, whose rows are of many surveys: each puts its own in, in the place of older ones. */
public final class DatasheetTable {

    /** The line above the table. */
    public static final String BEGIN = "<!-- survey: made by `umpire survey` -->";

    /** The line below it. */
    public static final String END = "<!-- end of survey -->";

    private static final String HEAD =
            "| store | configuration | fault × seen in force | operations | promise | broken beside it | seconds to first anomaly |";
    private static final String RULE = "|---|---|---|---:|---|---|---:|";

    private DatasheetTable() {}

    /**
     * The text with the rows of these sheets: in its table, where it has one, and at its end otherwise. The rows of other stores
     * and configurations stay; all are in the order of their names.
     */
    public static String into(String text, String target, List<Datasheet> sheets) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int begin = lines.indexOf(BEGIN);
        int end = begin < 0 ? -1 : begin + lines.subList(begin, lines.size()).indexOf(END);
        List<String> rows = new ArrayList<>();
        List<String> after = List.of();
        if (end > begin) {
            rows.addAll(lines.subList(begin + 1, end));
            after = List.copyOf(lines.subList(end + 1, lines.size()));
            lines = lines.subList(0, begin);
        }
        rows.removeIf(row -> row.equals(HEAD)
                || row.equals(RULE)
                || sheets.stream().anyMatch(sheet -> row.startsWith(start(target, sheet))));
        sheets.forEach(sheet -> rows.addAll(rows(target, sheet)));
        rows.sort(null);
        List<String> whole = new ArrayList<>(lines);
        whole.addAll(List.of(BEGIN, HEAD, RULE));
        whole.addAll(rows);
        whole.add(END);
        whole.addAll(after);
        return String.join("\n", whole) + "\n";
    }

    private static String start(String target, Datasheet sheet) {
        return "| " + target + " | " + sheet.configuration().name() + " |";
    }

    private static List<String> rows(String target, Datasheet sheet) {
        WriteOrder order = Datasheet.order(sheet.configuration());
        return sheet.rows().stream()
                .map(row -> start(target, sheet) + " "
                        + String.join(
                                " | ",
                                DatasheetWords.faults(row),
                                Numbers.grouped(row.basis().operations()),
                                cell(promise(row)),
                                DatasheetWords.broken(row, order),
                                seconds(row, order))
                        + " |")
                .toList();
    }

    private static String promise(Row row) {
        String kept = DatasheetWords.promise(row);
        return row.gap()
                // the lines of a log that may follow are for who looks into the run
                .map(gap -> kept + ": "
                        + SafeText.visible(gap.reason().lines().findFirst().orElse("")))
                .orElse(kept);
    }

    /** A bar would end the cell. */
    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String seconds(Row row, WriteOrder order) {
        OptionalLong first = row.weakestBroken(order).stream()
                .map(Finding::firstBreak)
                .flatMap(one -> one.map(FirstBreak::afterNanos).stream())
                .flatMapToLong(OptionalLong::stream)
                .min();
        return first.isEmpty() ? "none seen" : String.format(Locale.ROOT, "%.1f", first.getAsLong() / 1e9);
    }
}
