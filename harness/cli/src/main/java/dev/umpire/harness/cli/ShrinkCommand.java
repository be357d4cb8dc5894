package dev.umpire.harness.cli;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.StatusLine;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.environment.LoopInterruptedException;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.RunFiles;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.shrink.Shrinker;
import dev.umpire.harness.shrink.Shrunk;
import dev.umpire.harness.shrink.Story;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code umpire shrink}: the anomaly of a run with nothing around it. */
@Command(
        name = "shrink",
        description = "Leave out of a run of a simulated store what its anomaly does not need, and tell its story.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "What is left is a run in a folder of its own, with a seed of its own. It is a local minimum for that seed: each"
                    + " schedule that lacks one operation, fault, session, key or node of it was run with the same seed, and none"
                    + " breaks the guarantee. Another seed draws other delays, and two removals at once are not tried. Where the"
                    + " bound is reached or Ctrl-C ends it, the smallest so far is kept, and nothing is claimed.",
            "",
            "Examples:",
            "  umpire shrink runs/latest",
            "  umpire shrink runs/latest --guarantee durability"
        })
final class ShrinkCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "RUN", description = "The folder of a run that broke a guarantee.")
    String run = "";

    @Option(
            names = "--guarantee",
            paramLabel = "NAME",
            description =
                    "The guarantee that is to stay broken. Default: what the run's defect is to break, else what its configuration"
                            + " promises, else the first of its plan that is broken.")
    @Nullable
    String guarantee;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How many runs it may take at most. Default: 20000.")
    int runs = 20_000;

    @Mixin
    RunsFolder runsFolder = new RunsFolder();

    @Mixin
    Targets targets = new Targets();

    ShrinkCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try {
            if (runs < 1) {
                throw new WrongUse("--runs: found " + runs + ", expected 1 or more");
            }
            RecordedRun recorded = RecordedRun.of(run, targets, surroundings);
            Script schedule = recorded.schedule();
            return shrink(recorded, schedule, broken(recorded, schedule)).code();
        } catch (WrongUse | IllegalArgumentException | RunException | IOException e) {
            return Failure.tell(terminal, "shrink", e, false);
        }
    }

    private Exit shrink(RecordedRun recorded, Script schedule, String broken)
            throws WrongUse, IOException, RunException {
        StatusLine status = new StatusLine(surroundings.terminal(), surroundings.nanos());
        try (Interruption interruption = Interruption.ofThisThread()) {
            Optional<Shrunk> shrunk;
            try {
                shrunk = Shrinker.of(
                        recorded.plan(),
                        schedule,
                        broken,
                        recorded.target(),
                        Runner::simulate,
                        runs,
                        (made, smallest) -> status.showIfDue(
                                () -> Numbers.counted(made, "run") + " · left: " + smallest.inWords()));
            } catch (LoopInterruptedException e) {
                throw new WrongUse(run + ": ended before its schedule was seen to break " + broken);
            } finally {
                interruption.over();
                status.end();
            }
            keep(
                    recorded,
                    shrunk.orElseThrow(() -> new WrongUse(
                            run + ": found a schedule whose run keeps " + broken + ", expected one that breaks it")),
                    schedule);
            return Exit.HELD;
        }
    }

    /** The guarantee that is to stay broken. */
    private String broken(RecordedRun recorded, Script schedule) throws WrongUse, RunException {
        if (guarantee != null) {
            List<String> names = JudgeOptions.names(guarantee);
            if (names.size() != 1) {
                throw new WrongUse(
                        "--guarantee: found " + guarantee + ", expected one guarantee; several together are a+b");
            }
            return names.get(0);
        }
        List<String> broken =
                Runner.simulate(recorded.plan(), Optional.of(schedule), recorded.target()).judged().stream()
                        .filter(one -> one.verdict().answer() == Answer.INVALID)
                        .map(one -> one.verdict().guarantee())
                        .toList();
        if (broken.isEmpty()) {
            throw new WrongUse(run + ": found a run that breaks nothing of "
                    + recorded.plan().guarantees() + ", expected one that does, or --guarantee");
        }
        return chosen(broken, recorded);
    }

    /** What the defect is to break, else what is promised, else the first: every store breaks something. */
    private static String chosen(List<String> broken, RecordedRun recorded) {
        Settings settings =
                SettingsResolver.resolve(recorded.target(), recorded.plan().settings());
        Stream<String> defect =
                SettingsResolver.defect(recorded.target(), settings).stream().flatMap(one -> one.breaks().stream());
        Stream<String> promised = SettingsResolver.configuration(recorded.target(), settings).stream()
                .flatMap(one -> one.promise().stream());
        return Stream.concat(defect, promised)
                .map(name -> Guarantee.named(name).name())
                .filter(broken::contains)
                .findFirst()
                .orElse(broken.get(0));
    }

    private void keep(RecordedRun recorded, Shrunk shrunk, Script schedule) throws IOException, RunException {
        Path folder = runsFolder.newRun(surroundings, shrunk.plan());
        Run small =
                Runner.run(shrunk.plan(), Optional.of(shrunk.script()), recorded.target(), RunListener.SILENT, folder);
        List<String> story = Story.of(small, folder.resolve(Runner.NODES));
        // nothing more is to be left out of it
        RunFiles.keep(
                folder,
                small,
                new RunLines(runsFolder, targets)
                        .of(folder, small.plan(), true, false, Optional.of(recorded.target())));
        Files.write(folder.resolve("story.txt"), story);
        Terminal terminal = surroundings.terminal();
        terminal.out().println("broken     " + shrunk.guarantee());
        terminal.out()
                .println("shrunk     " + shrunk.size().inWords() + " · from "
                        + Numbers.counted(schedule.asks().size(), "operation") + " and "
                        + Numbers.counted(schedule.strikes().size(), "fault") + " in "
                        + Numbers.counted(shrunk.runs(), "run"));
        terminal.out().println("minimal    " + minimal(shrunk));
        terminal.out().println();
        story.forEach(terminal.out()::println);
        terminal.out().println();
        terminal.out().println("folder     " + runsFolder.shown(folder));
    }

    private String minimal(Shrunk shrunk) {
        return switch (shrunk.end()) {
            case MINIMAL ->
                "yes, with seed " + shrunk.plan().seed() + ": "
                        + Numbers.counted(shrunk.removals(), "single removal")
                        + " tried, of each operation, fault, session, key and node, and none breaks "
                        + shrunk.guarantee()
                        + (shrunk.impossible() == 0 ? "" : "; " + shrunk.impossible() + " of them cannot be run");
            case BOUND_REACHED -> "not proved: the bound of " + Numbers.counted(runs, "run") + " was reached";
            case INTERRUPTED -> "not proved: ended before its time";
        };
    }
}
