package dev.umpire.harness.cli;

import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.cli.terminal.TextTable;
import dev.umpire.harness.environment.LoopInterruptedException;
import dev.umpire.harness.plan.PromiseFile;
import dev.umpire.harness.plan.Promises;
import dev.umpire.harness.report.DatasheetPage;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SurveyJson;
import dev.umpire.harness.survey.Datasheet;
import dev.umpire.harness.survey.DefectFinding;
import dev.umpire.harness.survey.DefectSurvey;
import dev.umpire.harness.survey.Seeds;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code umpire survey}: what many seeds show of a target. */
@Command(
        name = "survey",
        description =
                "Try many seeds of a simulated store: what its configurations keep, or whether its defects are found.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The exit is 1 where a promise was broken; with --defects where one was not found, or broke what it must keep; 3 where no"
                    + " run could be judged by something that is promised. How"
                    + " many runs it takes, and for how long, is told on standard error while it goes on; Ctrl-C ends it, and what"
                    + " is done by then stands, in files that were asked for, too.",
            "",
            "Examples:",
            "  umpire survey simulated --only sl-any --page datasheet.html",
            "  umpire survey simulated --only sl-any --write-promise umpire.promise.json",
            "  umpire survey simulated --defects",
            "  umpire survey simulated --defects --only SL1,SL4 --seeds 200 --json"
        })
final class SurveyCommand implements Callable<Integer> {
    private static final long DEFECT_SEEDS = 2_000;
    private static final long SHEET_SEEDS = 20;

    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            defaultValue = "simulated",
            description = "A store in virtual time ('umpire list targets'). Default: simulated.")
    String name = "simulated";

    @Option(
            names = "--defects",
            description = "Look whether each defect breaks what it is to break, in place of what configurations keep.")
    boolean defects;

    @Option(
            names = "--only",
            paramLabel = "A,B",
            description = "These configurations ('umpire list targets') or defects ('umpire list defects') alone.")
    @Nullable
    String only;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description =
                    "How many seeds under each fault; with --defects at most for each defect. Default: 20 and 2000.")
    @Nullable
    Long seeds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "The first seed. Default: 1.")
    long firstSeed = 1;

    @Option(names = "--json", description = "One JSON object a configuration or defect, each on one line.")
    boolean json;

    @Option(names = "--page", paramLabel = "FILE", description = "Write the datasheet as a page, too.")
    @Nullable
    String page;

    @Option(
            names = "--write-promise",
            paramLabel = "FILE",
            description = {
                "Hold each configuration to what all its seeds kept: write that to a file of promises, for --promise of run and"
                        + " check. Other promises there stay, and so do known anomalies."
            })
    @Nullable
    String promise;

    @Option(
            names = {"-v", "--verbose"},
            description = "Stack traces of what failed.")
    boolean verbose;

    @Mixin
    Targets targets = new Targets();

    SurveyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try {
            if (defects && promise != null) {
                throw new WrongUse("--write-promise: found --defects beside it, expected one of the two");
            }
            Promises before = promises();
            Target target = targets.inVirtualTime(name, surroundings, "many seeds take too long");
            return (defects ? defects(target) : sheets(target, before)).code();
        } catch (IOException e) {
            return Failure.tell(
                    terminal, "survey", new IOException("cannot be written: " + e.getMessage(), e), verbose);
        } catch (WrongUse | IllegalArgumentException | IllegalStateException e) {
            return Failure.tell(terminal, "survey", e, verbose);
        }
    }

    private Exit defects(Target target) throws WrongUse {
        Seeds tried = new Seeds(firstSeed, seeds == null ? DEFECT_SEEDS : seeds);
        List<Defect> chosen = chosen(target.defects(), Defect::id);
        SurveyProgress progress = new SurveyProgress(surroundings, chosen.size() * tried.count());
        return each(chosen, Defect::id, progress, defect -> {
            DefectFinding finding = DefectSurvey.of(target, defect, tried, progress.counting(surroundings.simulator()));
            progress.pause();
            surroundings.terminal().out().println(json ? SurveyJson.of(finding) : line(finding));
            return finding.asExpected() ? Exit.HELD : Exit.BROKEN;
        });
    }

    /** Surveys one after the other; when the program is told to end, those that are done are told and the others named. */
    private <T> Exit each(List<T> all, Function<T, String> named, SurveyProgress progress, Function<T, Exit> survey) {
        Exit exit = Exit.HELD;
        int done = 0;
        try (Interruption interruption = Interruption.ofThisThread()) {
            try {
                for (T one : all) {
                    progress.of(named.apply(one));
                    exit = exit.and(survey.apply(one));
                    done++;
                }
            } catch (LoopInterruptedException e) {
                progress.pause();
                exit = exit.and(Exit.UNDECIDED);
                surroundings
                        .terminal()
                        .err()
                        .println("umpire survey: ended before its time; not surveyed: "
                                + all.subList(done, all.size()).stream()
                                        .map(named)
                                        .collect(Collectors.joining(", ")));
            } finally {
                interruption.over();
                progress.pause();
            }
        }
        return exit;
    }

    /** What the file of promises says so far. */
    private Promises promises() throws WrongUse {
        if (promise == null || !Files.exists(surroundings.directory().resolve(promise))) {
            return Promises.none();
        }
        try {
            return PromiseFile.read(surroundings.directory().resolve(promise));
        } catch (IOException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        }
    }

    private static Promises with(Promises before, Target target, List<Datasheet> sheets) {
        Promises promises = before;
        for (Datasheet sheet : sheets) {
            Configuration configuration = sheet.configuration();
            List<String> kept = sheet.promisable();
            if (!kept.isEmpty()) {
                promises = promises.with(new Promises.Promise(
                        configuration.name(),
                        target.name(),
                        Map.of(SettingsResolver.CONFIGURATION, configuration.name()),
                        kept,
                        configuration.writeOrder(),
                        List.of()));
            }
        }
        return promises;
    }

    private Exit sheets(Target target, Promises before) throws WrongUse, IOException {
        Seeds tried = new Seeds(firstSeed, seeds == null ? SHEET_SEEDS : seeds);
        List<Datasheet> sheets = new ArrayList<>();
        List<Configuration> chosen = chosen(target.configurations(), Configuration::name);
        long rows = chosen.stream()
                .mapToLong(configuration -> Datasheet.rows(target, configuration))
                .sum();
        SurveyProgress progress = new SurveyProgress(surroundings, rows * tried.count());
        Exit all = each(chosen, Configuration::name, progress, configuration -> {
            Datasheet sheet = Datasheet.of(target, configuration, tried, progress.counting(surroundings.simulator()));
            progress.pause();
            sheets.add(sheet);
            if (json) {
                surroundings.terminal().out().println(SurveyJson.of(sheet));
            } else {
                print(sheet, sheets.size() == 1);
            }
            Exit judged = sheet.promiseJudged() ? Exit.HELD : Exit.UNDECIDED;
            return sheet.promiseKept() ? judged : Exit.BROKEN;
        });
        if (promise != null) {
            PromiseFile.write(surroundings.directory().resolve(promise), with(before, target, sheets));
        }
        if (page != null) {
            Files.writeString(surroundings.directory().resolve(page), DatasheetPage.of(target.name(), sheets));
        }
        return all;
    }

    private void print(Datasheet sheet, boolean first) {
        Terminal terminal = surroundings.terminal();
        if (!first) {
            terminal.out().println();
        }
        Configuration configuration = sheet.configuration();
        terminal.out()
                .println(terminal.styled(Terminal.Style.STRONG, configuration.name()) + " promises "
                        + String.join(", ", configuration.promise()) + " · "
                        + Numbers.counted(sheet.seeds(), "seed") + " under each fault");
        WriteOrder order = Datasheet.order(configuration);
        TextTable table = new TextTable();
        table.row("", "fault", "promise", "strongest not broken", "weakest broken (seed)");
        for (Datasheet.Row row : sheet.rows()) {
            table.row(
                    "",
                    row.fault(),
                    DatasheetPage.promise(row),
                    DatasheetPage.notBroken(row, order),
                    DatasheetPage.broken(row, order));
        }
        table.lines(terminal).forEach(terminal.out()::println);
    }

    /** Those of {@code all} that {@code --only} names. */
    private <T> List<T> chosen(List<T> all, Function<T, String> named) throws WrongUse {
        if (all.isEmpty()) {
            throw new WrongUse("target: found " + name + ", which names no " + (defects ? "defects" : "configurations")
                    + ", expected one that does: there is nothing to survey");
        }
        if (only == null) {
            return all;
        }
        List<String> known = all.stream().map(named).toList();
        List<T> chosen = new ArrayList<>();
        for (String one : Names.split(only)) {
            Names.require("--only", one, known);
            chosen.add(all.get(known.indexOf(one)));
        }
        return chosen;
    }

    /** {@code ✓ SL1 breaks read-your-writes (seed 1) · keeps eventual · 20 seeds}. */
    private static String line(DefectFinding finding) {
        List<String> breaks = new ArrayList<>();
        for (DefectFinding.Break one : finding.breaks()) {
            breaks.add(
                    one.seed().isPresent()
                            ? one.guarantee() + " (seed " + one.seed().getAsLong() + ")"
                            : one.guarantee() + " NOT FOUND");
        }
        List<String> wrongly = new ArrayList<>();
        finding.wronglyBroken().forEach((guarantee, seed) -> wrongly.add(guarantee + " (seed " + seed + ")"));
        return (finding.asExpected() ? "✓ " : "✗ ") + finding.defect() + " breaks " + String.join(", ", breaks)
                + (finding.kept().isEmpty() ? "" : " · keeps " + String.join(", ", finding.kept()))
                + (finding.unjudged().isEmpty() ? "" : " · NEVER JUDGED BY " + String.join(", ", finding.unjudged()))
                + (wrongly.isEmpty() ? "" : " · WRONGLY BREAKS " + String.join(", ", wrongly))
                + " · " + Numbers.counted(finding.seeds(), "seed");
    }
}
