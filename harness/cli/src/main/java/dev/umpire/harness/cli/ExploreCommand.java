package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.Span;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.StatusLine;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.environment.LoopInterruptedException;
import dev.umpire.harness.explore.Exploration;
import dev.umpire.harness.explore.Explorer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.report.ExplorationJson;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.RunFiles;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code umpire explore}: many runs until one breaks something. */
@Command(
        name = "explore",
        description =
                "Make many runs of a simulated store on all cores, until one breaks a guarantee or the budget is used.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Every other run is struck much like one that saw something new: what a node said or how a request ended, with the"
                    + " faults on it then. The first run that breaks a guarantee is kept in a folder. With --defect alone, runs"
                    + " are as surveys try it, but for their length, and are looked at for what it is to break.",
            "The exit is 3 where nothing was broken, and a guarantee was judged in no run.",
            "",
            "Examples:",
            "  umpire explore --set configuration=sl-sync --nemesis all -g promise",
            "  umpire explore simulated --defect SL6 --compare"
        })
final class ExploreCommand implements Callable<Integer> {
    private static final long USUAL_OPERATIONS = 1_000;

    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            defaultValue = "simulated",
            description = "A store in virtual time ('umpire list targets'). Default: simulated.")
    String name = "simulated";

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many runs at most. Default: 1000.")
    long runs = 1_000;

    @Option(
            names = "--budget",
            paramLabel = "60s",
            converter = Span.class,
            description = "How long at most, by the clock on the wall. Default: as long as the runs take.")
    @Nullable
    Duration budget;

    @Option(names = "--go-on", description = "Go on after the first violation until the budget is used.")
    boolean goOn;

    @Option(names = "--unsteered", description = "Try one seed after another, whatever they saw.")
    boolean unsteered;

    @Option(
            names = "--compare",
            description = "Tell how many runs the first violation takes with and without steering.")
    boolean compare;

    @Mixin
    PlanOptions options = new PlanOptions();

    @Mixin
    JudgeOptions judge = new JudgeOptions();

    @Mixin
    RunsFolder runsFolder = new RunsFolder();

    @Mixin
    Targets targets = new Targets();

    private record Explored(Exploration found, long tookNanos, boolean interrupted) {}

    ExploreCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try {
            Target target = targets.inVirtualTime(name, surroundings, "many runs take too long");
            if (runs < 1) {
                throw new WrongUse("--runs: found " + runs + ", expected 1 or more");
            }
            Plan plan = options.planOf(target, judge, USUAL_OPERATIONS);
            Runner.requirePossible(plan, target);
            return explore(plan, target).code();
        } catch (WrongUse | IllegalArgumentException | IllegalStateException | RunException e) {
            return Failure.tell(terminal, "explore", e, judge.verbose);
        } catch (IOException e) {
            return Failure.tell(terminal, "explore", runsFolder.unusable(e), judge.verbose);
        }
    }

    private Exit explore(Plan plan, Target target) throws IOException, RunException {
        VerdictPage page = page();
        page.plan(plan, target);
        page.label("judged", String.join(", ", plan.guarantees()));
        page.line("");
        try (Interruption interruption = Interruption.ofThisThread()) {
            Explored explored = explored(plan, target, !unsteered, interruption);
            Exit exit = tell(explored, target);
            if (compare && !explored.interrupted()) {
                Exploration found = explored.found();
                Exploration other =
                        explored(plan, target, unsteered, interruption).found();
                words().println("compare    " + needed(unsteered ? other : found) + " with steering, "
                        + needed(unsteered ? found : other) + " without");
            }
            return exit;
        }
    }

    /** Explores until enough was seen or the program is told to end. What was found before a run failed is told, too. */
    private Explored explored(Plan plan, Target target, boolean steered, Interruption interruption)
            throws IOException, RunException {
        long begunNanos = surroundings.nanos().getAsLong();
        long limitNanos = budget == null ? Long.MAX_VALUE : budget.toNanos();
        StatusLine status = new StatusLine(surroundings.terminal(), surroundings.nanos());
        Explorer explorer = new Explorer(plan, target, Runner::simulate, steered);
        boolean interrupted = false;
        try {
            explorer.explore(runs, soFar -> {
                long tookNanos = surroundings.nanos().getAsLong() - begunNanos;
                status.showIfDue(() -> line(soFar, tookNanos));
                return tookNanos >= limitNanos || (!goOn && soFar.first().isPresent());
            });
        } catch (LoopInterruptedException e) {
            interrupted = true;
        } catch (IllegalStateException e) {
            if (explorer.found().first().isPresent()) {
                tell(new Explored(explorer.found(), surroundings.nanos().getAsLong() - begunNanos, false), target);
            }
            throw e;
        } finally {
            interruption.over();
            status.end();
        }
        return new Explored(explorer.found(), surroundings.nanos().getAsLong() - begunNanos, interrupted);
    }

    private PrintStream words() {
        Terminal terminal = surroundings.terminal();
        return judge.json ? terminal.err() : terminal.out();
    }

    private VerdictPage page() {
        return new VerdictPage(surroundings.terminal(), words(), judge);
    }

    private static String line(Exploration found, long tookNanos) {
        long perSecond = tookNanos <= 0 ? 0 : Math.round(found.runs() * 1e9 / tookNanos);
        String violations = found.violations().isEmpty()
                ? "no violation"
                : found.violations().entrySet().stream()
                        .map(one -> one.getKey() + " broken in " + one.getValue())
                        .collect(Collectors.joining(", "));
        return Numbers.counted(found.runs(), "run") + " · " + Numbers.grouped(perSecond) + " a second · "
                + Numbers.counted(found.states(), "state") + " seen · " + violations;
    }

    private Exit tell(Explored explored, Target target) throws IOException, RunException {
        Exploration found = explored.found();
        words().println("explored   " + line(found, explored.tookNanos())
                + (explored.interrupted() ? " · ended before its time" : ""));
        undecided(found).ifPresent(text -> words().println("undecided  " + text));
        found.firstLack()
                .ifPresent(lack -> words().println("lacking    evidence in " + Numbers.counted(found.lacking(), "run")
                        + ", the first: " + SafeText.visible(lack)));
        Optional<Path> folder =
                found.first().isPresent() ? Optional.of(kept(found.first().get(), target)) : Optional.empty();
        if (judge.json) {
            surroundings.terminal().out().println(ExplorationJson.of(found, folder));
        }
        if (folder.isPresent()) {
            return Exit.BROKEN;
        }
        return found.leavesAnyUndecided() || explored.interrupted() ? Exit.UNDECIDED : Exit.HELD;
    }

    /** What runs said nothing of, and how many. */
    private static Optional<String> undecided(Exploration found) {
        String undecided = found.answers().entrySet().stream()
                .filter(one -> one.getValue().undecided() > 0)
                .map(one -> one.getKey() + " in " + one.getValue().undecided())
                .collect(Collectors.joining(", "));
        return undecided.isEmpty() ? Optional.empty() : Optional.of(undecided);
    }

    /** Makes the run again, into a folder. */
    private Path kept(Exploration.Found first, Target target) throws IOException, RunException {
        Path folder = runsFolder.newRun(surroundings, first.plan());
        Run run = Runner.run(first.plan(), first.script(), target, RunListener.SILENT, folder);
        RunLines lines = new RunLines(runsFolder, targets);
        RunFiles.keep(folder, run, lines.of(folder, run, target));
        Path shown = runsFolder.shown(folder);
        words().println("first      " + first.guarantee() + " in run " + first.number() + ", seed "
                + first.plan().seed() + (first.script().isPresent() ? ", with its faults varied" : ""));
        VerdictPage page = page();
        page.label("folder", shown.toString());
        page.label("judge", lines.check(folder));
        page.label("shrink", lines.shrink(folder));
        page.label("again", lines.again(folder, first.plan(), target));
        page.anomalies(run.history(), run.judged().stream().map(Judged::verdict).toList());
        return shown;
    }

    private static String needed(Exploration found) {
        return found.first()
                .map(first -> Numbers.counted(first.number(), "run"))
                .orElse("not in " + Numbers.counted(found.runs(), "run"));
    }
}
