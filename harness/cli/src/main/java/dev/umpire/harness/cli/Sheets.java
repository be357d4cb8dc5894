package dev.umpire.harness.cli;

import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.cli.terminal.TextTable;
import dev.umpire.harness.environment.LoopInterruptedException;
import dev.umpire.harness.plan.PromiseFile;
import dev.umpire.harness.plan.Promises;
import dev.umpire.harness.report.DatasheetPage;
import dev.umpire.harness.report.DatasheetTable;
import dev.umpire.harness.report.DatasheetWords;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SurveyJson;
import dev.umpire.harness.survey.Datasheet;
import dev.umpire.harness.survey.DatasheetSurvey;
import dev.umpire.harness.survey.SheetRuns;
import dev.umpire.harness.survey.SurveyedPromises;
import dev.umpire.harness.target.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The datasheets of some configurations: made one after another, told as soon as each is done, and written at the end. */
final class Sheets {
    private final Surroundings surroundings;
    private final SheetOptions options;
    private final boolean json;
    private final SurveyProgress progress;
    private final SheetRuns runs;
    private final DatasheetSurvey survey;
    private final List<Datasheet> sheets = new ArrayList<>();

    /** @param json whether sheets are told as JSON */
    Sheets(Surroundings surroundings, SheetOptions options, boolean json, SurveyProgress progress, SheetRuns runs)
            throws WrongUse {
        this.surroundings = surroundings;
        this.options = options;
        this.json = json;
        this.progress = progress;
        this.runs = runs;
        this.survey = new DatasheetSurvey(runs, options.wanted());
    }

    /** How many rows there are to make, each of which takes all seeds. */
    long rows(List<Configuration> configurations) {
        return configurations.stream()
                .mapToLong(configuration -> survey.rows(configuration).size())
                .sum();
    }

    /** Makes the sheet of a configuration and tells it; where the program is told to end, with the rows that are done. */
    Exit survey(Configuration configuration) {
        List<Datasheet.Row> rows = new ArrayList<>();
        progress.plan(configuration.name(), survey.rows(configuration));
        try {
            survey.survey(configuration, row -> {
                rows.add(row);
                progress.rowDone();
            });
        } catch (LoopInterruptedException e) {
            if (!rows.isEmpty()) {
                tell(new Datasheet(configuration, runs.seeds().count(), rows));
            }
            throw e;
        }
        return tell(new Datasheet(configuration, runs.seeds().count(), rows));
    }

    private Exit tell(Datasheet sheet) {
        progress.pause();
        sheets.add(sheet);
        if (json) {
            surroundings.terminal().out().println(SurveyJson.of(sheet));
        } else {
            print(sheet);
        }
        boolean failed = sheet.rows().stream()
                .anyMatch(row -> row.gap().filter(Datasheet.Gap::failed).isPresent());
        return (sheet.promiseKept() ? Exit.HELD : Exit.BROKEN)
                .and(sheet.promiseJudged() ? Exit.HELD : Exit.UNDECIDED)
                .and(failed ? Exit.FAILED : Exit.HELD);
    }

    private void print(Datasheet sheet) {
        Terminal terminal = surroundings.terminal();
        if (sheets.size() > 1) {
            terminal.out().println();
        }
        Configuration configuration = sheet.configuration();
        terminal.out()
                .println(terminal.styled(Terminal.Style.STRONG, configuration.name()) + " promises "
                        + String.join(", ", configuration.promise()) + " · "
                        + Numbers.counted(sheet.seeds(), "seed") + " under each fault");
        WriteOrder order = Datasheet.order(configuration);
        TextTable table = new TextTable();
        table.row("", "fault × seen", "operations", "promise", "strongest not broken", "weakest broken");
        for (Datasheet.Row row : sheet.rows()) {
            table.row(
                    "",
                    DatasheetWords.faults(row),
                    Numbers.grouped(row.basis().operations()),
                    DatasheetWords.promise(row),
                    DatasheetWords.notBroken(row, order),
                    DatasheetWords.broken(row, order));
        }
        table.linesWithin(terminal).forEach(terminal.out()::println);
        for (Datasheet.Row row : sheet.rows()) {
            DatasheetWords.notes(row).forEach(note -> terminal.out().println("  " + row.fault() + ": " + note));
        }
    }

    /** Writes the files that were asked for. */
    void write(Promises before) throws IOException {
        if (options.promise != null) {
            PromiseFile.write(file(options.promise), SurveyedPromises.with(before, runs.target(), sheets));
            tellBrokenPromises();
        }
        if (options.page != null) {
            Files.writeString(file(options.page), DatasheetPage.of(runs.target().name(), sheets));
        }
        if (options.markdown != null) {
            Path table = file(options.markdown);
            String text = Files.exists(table) ? Files.readString(table) : "";
            Files.writeString(table, DatasheetTable.into(text, runs.target().name(), sheets));
        }
    }

    private Path file(String name) {
        return surroundings.directory().resolve(name);
    }

    /** A promise that was broken stays: a file that forgot it would hide what it is for. */
    private void tellBrokenPromises() {
        for (Datasheet sheet : sheets) {
            for (String broken : SurveyedPromises.documentedAndBroken(sheet)) {
                surroundings
                        .terminal()
                        .err()
                        .println("umpire survey: --write-promise: " + broken + ", which "
                                + sheet.configuration().name() + " promises, was broken, and stands in "
                                + options.promise
                                + " all the same: mend it, or list it there under known with a reason and a day");
            }
        }
    }
}
