package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.environment.LoopInterruptedException;
import dev.umpire.harness.plan.PromiseFile;
import dev.umpire.harness.plan.Promises;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SurveyJson;
import dev.umpire.harness.survey.DefectFinding;
import dev.umpire.harness.survey.DefectSurvey;
import dev.umpire.harness.survey.RealSheetRuns;
import dev.umpire.harness.survey.Seeds;
import dev.umpire.harness.survey.SheetRuns;
import dev.umpire.harness.survey.VirtualSheetRuns;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code umpire survey}: what many runs show of a target. */
@Command(
        name = "survey",
        description =
                "What each configuration of a store keeps under each fault; of a simulated one also whether its defects are found.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The exit is 1 where a promise was broken; with --defects where one was not found, or broke what it must keep; 2 where"
                    + " runs of a real store failed, which end that row alone, with the reason; 3 where no run could be judged by"
                    + " something that is promised. How many runs it takes, and for how long, is told on standard error while it goes on; Ctrl-C ends it, and what"
                    + " is done by then stands, in files that were asked for, too.",
            "",
            "Examples:",
            "  umpire survey simulated --only sl-any --page datasheet.html",
            "  umpire survey simulated --only sl-any --write-promise umpire.promise.json",
            "  umpire survey redis --time 60s --json",
            "  umpire survey etcd --only linearizable --faults none,partition,all --seeds 3",
            "  umpire survey simulated --defects",
            "  umpire survey simulated --defects --only SL1,SL4 --seeds 200 --json"
        })
final class SurveyCommand implements Callable<Integer> {
    private static final long DEFECT_SEEDS = 2_000;
    private static final long SHEET_SEEDS = 20;
    private static final long REAL_SEEDS = 1;

    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            defaultValue = "simulated",
            description = "The store ('umpire list targets'). Default: simulated.")
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
                    "How many seeds under each fault, of a real store how many runs; with --defects at most for each defect."
                            + " Default: 20, 1 and 2000.")
    @Nullable
    Long seeds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "The first seed. Default: 1.")
    long firstSeed = 1;

    @Option(names = "--json", description = "One JSON object a configuration or defect, each on one line.")
    boolean json;

    @Mixin
    SheetOptions sheet = new SheetOptions();

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
            if (defects && sheet.promise != null) {
                throw new WrongUse("--write-promise: found --defects beside it, expected one of the two");
            }
            if (defects) {
                return defects(targets.inVirtualTime(name, surroundings, "many seeds take too long"))
                        .code();
            }
            Promises before = promises();
            Target target = targets.named(name, surroundings);
            sheet.require(target);
            return sheets(target, before).code();
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
        // most are found with the first seeds: a bound by all of them would mislead
        SurveyProgress progress = new SurveyProgress(surroundings);
        return each(chosen, Defect::id, progress, Interruption.ofThisThread(), defect -> {
            progress.of(defect.id() + " · " + (chosen.indexOf(defect) + 1) + " of "
                    + Numbers.counted(chosen.size(), "defect"));
            DefectFinding finding = DefectSurvey.of(target, defect, tried, progress.counting(surroundings.simulator()));
            progress.pause();
            surroundings.terminal().out().println(json ? SurveyJson.of(finding) : line(finding));
            return finding.asExpected() ? Exit.HELD : Exit.BROKEN;
        });
    }

    /** Surveys one after the other; when the program is told to end, those that are done are told and the others named. */
    private <T> Exit each(
            List<T> all,
            Function<T, String> named,
            SurveyProgress progress,
            Interruption told,
            Function<T, Exit> survey) {
        Exit exit = Exit.HELD;
        int done = 0;
        try (Interruption interruption = told) {
            try {
                for (T one : all) {
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
        if (sheet.promise == null || !Files.exists(surroundings.directory().resolve(sheet.promise))) {
            return Promises.none();
        }
        try {
            return PromiseFile.read(surroundings.directory().resolve(sheet.promise));
        } catch (IOException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        }
    }

    private Exit sheets(Target target, Promises before) throws WrongUse, IOException {
        long usual = target.simulated() ? SHEET_SEEDS : REAL_SEEDS;
        Seeds tried = new Seeds(firstSeed, seeds == null ? usual : seeds);
        List<Configuration> chosen = chosen(target.configurations(), Configuration::name);
        Interruption told = target.simulated() ? Interruption.ofThisThread() : Interruption.toBeAsked();
        // what is refused before the first run must not keep the program from ending
        try (told) {
            SurveyProgress progress = new SurveyProgress(surroundings);
            SheetRuns runs = runs(target, tried, progress, told);
            for (Configuration configuration : chosen) {
                runs.requireAsItIs(configuration);
            }
            Sheets sheets = new Sheets(surroundings, sheet, json, progress, runs);
            progress.plan(sheets.rows(chosen) * tried.count());
            Exit all = each(chosen, Configuration::name, progress, told, sheets::survey);
            sheets.write(before);
            return all;
        }
    }

    private SheetRuns runs(Target target, Seeds tried, SurveyProgress progress, Interruption told) {
        return target.simulated()
                ? new VirtualSheetRuns(target, tried, progress.counting(surroundings.simulator()))
                : new RealSheetRuns(
                        target,
                        tried,
                        sheet.settings,
                        sheet.time(),
                        sheet.ratePerSecond(),
                        new SheetRunCarrier(surroundings, target, sheet.runsFolder, targets, progress, told));
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
