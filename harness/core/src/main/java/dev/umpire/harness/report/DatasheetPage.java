package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.survey.Datasheet;
import dev.umpire.harness.target.Configuration;
import java.util.List;

/** What the configurations of a target keep, on one page that needs no network and no script. */
public final class DatasheetPage {
    private DatasheetPage() {}

    /** The page of a target. */
    public static String of(String target, List<Datasheet> sheets) {
        Markup page = PageFrame.begin("Datasheet of " + target);
        page.element(
                "p",
                "'Not broken' is what was looked for and not observed in these runs, which proves nothing; 'broken' is shown"
                        + " by the run whose seed, or whose time until then, stands beside it; 'undecided' is what no run says"
                        + " anything of.");
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
        page.open("table")
                .head(
                        "fault × seen in force",
                        "operations",
                        "promise",
                        "strongest not broken",
                        "weakest broken",
                        "undecided",
                        "notes");
        page.raw("<tbody>\n");
        WriteOrder order = Datasheet.order(configuration);
        sheet.rows().forEach(row -> row(row, order, page));
        page.raw("</tbody>\n").close("table");
    }

    private static void row(Datasheet.Row row, WriteOrder order, Markup page) {
        page.raw("<tr>").element("th", DatasheetWords.faults(row), "scope", "row");
        page.element("td", Numbers.grouped(row.basis().operations()));
        page.element("td", DatasheetWords.promise(row), "class", row.promiseKept() ? "held" : "broken");
        page.element("td", DatasheetWords.notBroken(row, order));
        page.element("td", DatasheetWords.broken(row, order));
        page.element("td", String.join(", ", row.undecided()));
        page.element("td", String.join("; ", DatasheetWords.notes(row))).close("tr");
    }
}
