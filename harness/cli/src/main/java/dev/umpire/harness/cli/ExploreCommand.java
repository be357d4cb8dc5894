package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.Span;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.explore.Exploration;
import dev.umpire.harness.explore.Explorer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
            "Every other run is struck much like one that saw something new: what a node said or how a request ended, with the",
            "faults on it then. The first run that breaks a guarantee is kept in a folder. With --defect alone, runs are those by",
            "which surveys try it, looking for what it is to break.",
            "",
            "Examples:",
            "  umpire explore simulated --set configuration=sl-sync --nemesis all --guarantees promise --runs 500",
            "  umpire explore simulated --defect SL6 --compare"
        })
final class ExploreCommand implements Callable<Integer> {
    private static final long USUAL_OPERATIONS = 1_000;
    private static final long REWRITE_NANOS = 500_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;

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

    private long begunNanos;
    private long shownNanos;

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
            Exploration found = explored(plan, target, !unsteered);
            Exit exit = tell(found, target);
            if (compare) {
                Exploration other = explored(plan, target, unsteered);
                terminal.out()
                        .println("compare    " + needed(unsteered ? other : found) + " with steering, "
                                + needed(unsteered ? found : other) + " without");
            }
            return exit.code();
        } catch (WrongUse | IllegalArgumentException | IllegalStateException | RunException e) {
            return Failure.tell(terminal, "explore", e, judge.verbose);
        } catch (IOException e) {
            return Failure.tell(terminal, "explore", runsFolder.unusable(e), judge.verbose);
        }
    }

    private Exploration explored(Plan plan, Target target, boolean steered) {
        begunNanos = surroundings.nanos().getAsLong();
        shownNanos = begunNanos;
        long limitNanos = budget == null ? Long.MAX_VALUE : budget.toNanos();
        Exploration found = new Explorer(plan, target, Runner::simulate, steered).explore(runs, soFar -> {
            long now = surroundings.nanos().getAsLong();
            show(soFar, now);
            return now - begunNanos >= limitNanos || (!goOn && soFar.first().isPresent());
        });
        Terminal terminal = surroundings.terminal();
        if (terminal.errIsTerminal()) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
        return found;
    }

    private void show(Exploration found, long now) {
        Terminal terminal = surroundings.terminal();
        if (now - shownNanos < (terminal.errIsTerminal() ? REWRITE_NANOS : LINE_NANOS)) {
            return;
        }
        shownNanos = now;
        String line = line(found, now - begunNanos);
        if (terminal.errIsTerminal()) {
            terminal.err().print("\r\u001b[K" + line);
            terminal.err().flush();
        } else {
            terminal.err().println(line);
        }
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

    private Exit tell(Exploration found, Target target) throws IOException, RunException {
        Terminal terminal = surroundings.terminal();
        terminal.out().println("explored   " + line(found, surroundings.nanos().getAsLong() - begunNanos));
        if (found.first().isEmpty()) {
            return Exit.HELD;
        }
        Exploration.Found first = found.first().get();
        Path folder = runsFolder.newRun(surroundings, first.plan());
        Runner.run(first.plan(), first.script(), target, RunListener.SILENT, folder);
        Path shown = runsFolder.shown(folder);
        terminal.out()
                .println("first      " + first.guarantee() + " in run " + first.number() + ", seed "
                        + first.plan().seed() + (first.script().isPresent() ? ", with its faults varied" : ""));
        List.of("folder     " + shown, "judge      ./umpire check " + shown, "shrink     ./umpire shrink " + shown)
                .forEach(terminal.out()::println);
        return Exit.BROKEN;
    }

    private static String needed(Exploration found) {
        return found.first()
                .map(first -> Numbers.counted(first.number(), "run"))
                .orElse("not in " + Numbers.counted(found.runs(), "run"));
    }
}
