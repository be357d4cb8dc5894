package dev.umpire.harness.cli;

import dev.umpire.harness.cli.Repeats.Carried;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Progress;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.nemesis.NemesisKinds;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Promises.Promise;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.report.Figures;
import dev.umpire.harness.report.KnownAnomalies;
import dev.umpire.harness.report.Latencies;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.Phrases;
import dev.umpire.harness.report.RepetitionJson;
import dev.umpire.harness.report.RunFiles;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.VerdictJson;
import dev.umpire.harness.report.ci.CheckedHistory;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Promised;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code umpire run}: from a plan to verdicts. */
@Command(
        name = "run",
        description = "Run a workload against a store, strike it, and judge what clients saw.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Every run leaves a folder: plan, history, verdict, report, events of the nemesis, logs of the nodes.",
            "",
            "Examples:",
            "  umpire run",
            "  umpire run simulated --set reads=any-follower --seed 1",
            "  umpire run simulated --defect SL1 --nemesis partition,crash",
            "  umpire run redis --set reads=any-follower --nemesis partition --time 20s",
            "  umpire run redis --promise umpire.promise.json --junit-xml umpire.xml",
            "  umpire run redis --nemesis failover --time 20s --repeat 20",
            "  umpire run redis --schedule runs/latest --time 20s",
            "  umpire run redis --set launcher=docker --set image=redis:7 --nemesis crash,pause",
            "  umpire run redis --sessions 1000 --load open --rate 3000 -g monotonic-reads",
            "  umpire run my-store --classpath my-store.jar --json"
        })
final class RunCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            defaultValue = "simulated",
            description = "The store ('umpire list targets'). Default: simulated.")
    String name = "simulated";

    @Mixin
    PlanOptions options = new PlanOptions();

    @Mixin
    JudgeOptions judge = new JudgeOptions();

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description =
                    "Carry the plan out N times, one after another, and tell how often each guarantee was broken, with"
                            + " the 95 %% interval. On a real store with the same seed, so that the same operations and faults are"
                            + " drawn for the same times; on a simulated one, where a seed has one run, with the N seeds from --seed"
                            + " on. Folders of runs in which all held are not kept, but for the last one.")
    @Nullable
    Integer repeat;

    @Option(
            names = "--schedule",
            paramLabel = "FILE",
            description =
                    "Strike what this file says, the same nodes and links at the same times after the sessions began"
                            + " (in virtual time: after the run did), in the place of what a nemesis draws; sessions ask what"
                            + " the workload draws. Every run of a real store leaves such a file, strikes.jsonl, every run in"
                            + " virtual time schedule.jsonl; a plan.json with a schedule is one, too, and the folder of a run stands for"
                            + " what struck there.")
    @Nullable
    Path schedule;

    @Mixin
    PromiseOptions promise = new PromiseOptions();

    @Mixin
    CiOptions ci = new CiOptions();

    @Mixin
    RunsFolder runsFolder = new RunsFolder();

    @Mixin
    Targets targets = new Targets();

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try {
            Target target = targets.named(name, surroundings);
            options.schedule = strikes();
            Plan asked = options.plan(target, judge);
            Plan plan = asked;
            Optional<Promise> meant = promised(asked, target);
            if (meant.isPresent()) {
                judge.judge(meant.get());
                plan = options.plan(target, judge);
            }
            if (repeat != null && repeat < 1) {
                throw new WrongUse("--repeat: found " + repeat + ", expected 1 or more");
            }
            Runner.requirePossible(plan, target);
            return run(new Task(plan, asked, target, meant)).code();
        } catch (WrongUse | IllegalArgumentException | RunException e) {
            return Failure.tell(terminal, "run", e, judge.verbose);
        } catch (IOException e) {
            return Failure.tell(terminal, "run", runsFolder.unusable(e), judge.verbose);
        }
    }

    /** What is to strike in the place of what a nemesis draws, if a file says so. */
    private List<Script.Strike> strikes() throws WrongUse {
        if (schedule == null) {
            return List.of();
        }
        if (options.nemesis != null && !options.nemesis.equals(NemesisKinds.NONE)) {
            throw new WrongUse("--schedule: found --nemesis " + options.nemesis + " beside it, expected one of both");
        }
        // also a schedule without any fault leaves nothing to draw
        options.nemesis = NemesisKinds.NONE;
        return GivenSchedule.of(schedule, surroundings);
    }

    /** The promise of a file that is meant for a run, if one is to judge. */
    private Optional<Promise> promised(Plan plan, Target target) throws WrongUse {
        if (!promise.isAsked()) {
            return Optional.empty();
        }
        if (judge.areNamed()) {
            throw new WrongUse("--promise: found --guarantees beside it, expected it alone");
        }
        return Optional.of(promise.of(promise.read(surroundings), plan, Optional.of(target)));
    }

    /**
     * What is carried out.
     *
     * @param asked the plan as it was typed, before a promise said what is to be judged
     * @param meant the promise of a file that judges, if one does
     */
    private record Task(Plan plan, Plan asked, Target target, Optional<Promise> meant) {

        /** The same for one of several runs. */
        Task with(Plan one) {
            return new Task(one, asked, target, meant);
        }
    }

    private Exit run(Task task) throws IOException, RunException {
        Terminal terminal = surroundings.terminal();
        VerdictPage page = new VerdictPage(terminal, judge.json ? terminal.err() : terminal.out(), judge);
        head(page, task.plan(), task.target());
        if (repeat != null) {
            return repeat(repeat, task, page);
        }
        Carried carried = carry(task);
        Run run = carried.run();
        if (judge.json) {
            terminal.out().println(VerdictJson.of(run));
        }
        Exit exit = carried.exit().and(ci.write(List.of(CheckedHistory.Decided.of(run)), surroundings));
        present(page, run, task.target());
        Optional<Promise> meant = task.meant();
        if (meant.isPresent()) {
            LocalDate today = surroundings.now().get().toLocalDate();
            page.label("promise", SafeText.visible(meant.get().name()) + " of " + SafeText.visible(promise.file()));
            KnownAnomalies.told(meant.get(), run.judged(), today).forEach(line -> page.label("known", line));
        }
        String struck = new RunLines(runsFolder, targets).schedule(carried.folder(), task.plan());
        foot(page, carried.folder(), command(task) + struck);
        return exit;
    }

    /** Carries a plan out and keeps what was said of it in its folder. */
    private Carried carry(Task task) throws IOException, RunException {
        Plan plan = task.plan();
        Optional<Promise> meant = task.meant();
        Terminal terminal = surroundings.terminal();
        Path folder = runsFolder.newRun(surroundings, plan);
        Progress progress = new Progress(terminal, plan, surroundings.nanos());
        Run run;
        try {
            run = surroundings.runner().run(plan, task.target(), progress, folder);
        } catch (RunException e) {
            throw Files.exists(folder.resolve(Runner.HISTORY))
                    ? new RunException(e.getMessage() + "; what was recorded is in " + runsFolder.shown(folder), e)
                    : e;
        } finally {
            progress.end();
        }
        if (repeat == null) {
            // of several the later ones began after whatever came before them
            run = run.begunAfter(progress.begunNanos());
        }
        LocalDate today = surroundings.now().get().toLocalDate();
        if (meant.isPresent()) {
            run = run.requiring(meant.get().required(today)).promising(Promised.of(meant.get(), promise.file()));
        }
        Exit exit = exit(run, terminal);
        if (meant.isPresent() && run.missing().isEmpty()) {
            exit = PromiseOptions.exit(exit, meant.get(), run.judged(), today);
        }
        return new Carried(run, folder, exit.and(keep(folder, run, task.target())));
    }

    private Exit repeat(int times, Task task, VerdictPage page) throws IOException {
        Terminal terminal = surroundings.terminal();
        Repeats repeats = new Repeats(runsFolder, page, times, task.target().simulated(), ci.areAsked());
        Exit ended = Exit.HELD;
        try {
            repeats.carryOut(task.plan(), one -> carry(task.with(one)));
        } catch (RunException e) {
            Failure.tell(terminal, "run", e, judge.verbose);
            ended = Exit.FAILED;
        }
        if (!repeats.repetition().repeats().isEmpty()) {
            page.line("");
            page.rates(repeats.repetition());
        }
        if (judge.json) {
            terminal.out().println(RepetitionJson.of(repeats.repetition()));
        }
        page.line("");
        String typed = schedule == null ? "" : " --schedule " + PlanDefaults.quoted(schedule.toString());
        page.label("again", command(task) + typed + " --repeat " + times + RunLines.typed(runsFolder, targets));
        return repeats.exit().and(ended).and(ci.write(repeats.histories(), surroundings));
    }

    /** What the run ended with; a broken guarantee outranks whatever went wrong besides. */
    private Exit exit(Run run, Terminal terminal) {
        Exit exit = Exit.of(run.answer())
                .and(CheckCommand.exit(new Judgement(run.judged(), run.failures()), terminal, judge.verbose));
        for (String trouble : run.troubles()) {
            terminal.err().println("umpire: " + SafeText.visible(trouble));
            exit = exit.and(Exit.FAILED);
        }
        return exit;
    }

    private Exit keep(Path folder, Run run, Target target) {
        try {
            RunFiles.keep(folder, run, new RunLines(runsFolder, targets).of(folder, run, target));
            return Exit.HELD;
        } catch (IOException e) {
            surroundings
                    .terminal()
                    .err()
                    .println("umpire: " + folder + ": the verdict could not be kept: " + e.getMessage());
            return Exit.FAILED;
        }
    }

    private void head(VerdictPage page, Plan plan, Target target) {
        page.plan(plan, target);
        if (schedule != null) {
            page.label(
                    "schedule",
                    SafeText.visible(schedule.toString()) + " · "
                            + Numbers.counted(plan.nemesis().schedule().size(), "fault"));
        }
        if (plan.failFast()) {
            List<String> watched = Runner.watched(plan, target);
            List<String> others = plan.guarantees().stream()
                    .filter(one -> !watched.contains(one))
                    .toList();
            page.label(
                    "fail fast",
                    "at the first violation of " + String.join(", ", watched)
                            + (others.isEmpty()
                                    ? ""
                                    : " · judged only when the run is over: " + String.join(", ", others)));
        }
        if (judge.arePromised()) {
            notShown(page, plan, target);
        }
        page.line("");
    }

    /** What the configuration promises beside, and which of its workloads show that. */
    private static void notShown(VerdictPage page, Plan plan, Target target) {
        PlanDefaults.configuration(target, plan.settings()).ifPresent(configuration -> {
            List<String> shown = configuration.promise(plan.workload().name());
            for (String promised : configuration.promise()) {
                if (!shown.contains(promised)) {
                    page.label(
                            "not shown",
                            promised + ", which is promised too: --workload "
                                    + configuration.workloads().stream()
                                            .filter(one ->
                                                    configuration.promise(one).contains(promised))
                                            .collect(Collectors.joining(" or ")));
                }
            }
        });
    }

    private static void present(VerdictPage page, Run run, Target target) {
        page.table(run.judged(), run.failures());
        page.evidence(run.history());
        page.availability(run.history(), run.judged());
        run.storeVersion()
                .ifPresent(version -> page.label("store", run.plan().target() + " " + SafeText.visible(version)));
        Figures.of(run).ifPresent(page::figures);
        // those of virtual time say something of its store only under a load of their own
        if (!target.simulated() || run.plan().arrivals().isPresent()) {
            page.latencies(Latencies.of(run));
        }
        run.stopped().ifPresent(stop -> page.label("stopped", SafeText.visible(Phrases.stopped(stop, run.history()))));
        for (String missing : run.missing()) {
            page.label("missing", SafeText.visible(missing));
        }
        page.anomalies(run.history(), run.judged().stream().map(Judged::verdict).toList());
    }

    /** The one that makes this run again, but for its schedule. */
    private String command(Task task) {
        return PlanDefaults.command(task.asked(), task.target()) + promise.typed();
    }

    private void foot(VerdictPage page, Path folder, String command) {
        Path shown = runsFolder.shown(folder);
        page.line("");
        page.label("folder", shown.toString());
        page.label("report", shown.resolve(RunFiles.REPORT).toString());
        page.label("again", command + RunLines.typed(runsFolder, targets));
    }
}
