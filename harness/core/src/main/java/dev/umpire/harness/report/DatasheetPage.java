package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.survey.Datasheet;
import dev.umpire.harness.target.Configuration;
import java.util.List;
import java.util.stream.Collectors;

/** What the configurations of a target keep, on one page that needs no network and no script. */
public final class DatasheetPage {
    private DatasheetPage() {}

    /** The page of a target. */
    public static String of(String target, List<Datasheet> sheets) {
        Markup page = PageFrame.begin("Datasheet of " + target);
        page.element(
                "p",
                "'Not broken' is what was looked for and not observed in these runs, which proves nothing; 'broken' is shown"
                        + " by the run of the seed beside it.");
        for (Datasheet sheet : sheets) {
            sheet(sheet, page);
        }
        return PageFrame.end(page);
    }

    private static void sheet(Datasheet sheet, Markup page) {
        Configuration configuration = sheet.configuration();
        page.element("h2", configuration.name());
        page.element("p", configuration.meaning());
        page.element(
                "p",
                "Promises " + String.join(", ", configuration.promise()) + " (write order " + configuration.writeOrder()
                        + "). " + Numbers.counted(sheet.seeds(), "seed") + " under each fault.");
        page.open("table").head("fault", "promise", "strongest not broken", "weakest broken, with the seed");
        page.raw("<tbody>\n");
        WriteOrder order = Datasheet.order(configuration);
        for (Datasheet.Row row : sheet.rows()) {
            page.raw("<tr>").element("th", row.fault(), "scope", "row");
            page.element("td", promise(row), "class", row.promiseKept() ? "held" : "broken");
            page.element("td", notBroken(row, order));
            page.element("td", broken(row, order)).close("tr");
        }
        page.raw("</tbody>\n").close("table");
    }

    /**
     * {@code ✓ kept}, {@code ✗ broken}, {@code ? undecided: durability}, which no run could be judged by; with "not covered" where
     * the promise does not speak of the fault.
     */
    public static String promise(Datasheet.Row row) {
        String kept = !row.promiseKept()
                ? "✗ broken"
                : row.unjudged().isEmpty() ? "✓ kept" : "? undecided: " + String.join(", ", row.unjudged());
        return row.covered() ? kept : "not covered (" + kept + ")";
    }

    /** The strongest guarantees that no run broke. */
    public static String notBroken(Datasheet.Row row, WriteOrder order) {
        String names = row.strongestNotBroken(order).stream()
                .map(Datasheet.Finding::guarantee)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    /** The weakest of what was broken, each with the first seed that shows it; all that is stronger is broken too. */
    public static String broken(Datasheet.Row row, WriteOrder order) {
        String names = row.weakestBroken(order).stream()
                .map(one -> one.guarantee() + " (" + one.brokenBy().orElse(0) + ")")
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }
}
