package dev.umpire.harness.run;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.environment.ShutdownHook;
import dev.umpire.harness.environment.SimulatedEnvironment;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.plan.ScriptFile;
import dev.umpire.harness.target.InContainers;
import dev.umpire.harness.target.NodeLogs;
import dev.umpire.harness.target.StartContext;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.HistoryRecorder;
import dev.umpire.histories.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs plans. */
public final class Runner {

    /** In the folder of a run in virtual time: what was asked and struck. */
    public static final String SCHEDULE = "schedule.jsonl";

    /**
     * In the folder of a run of a real store: what struck, in the form of a script whose times begin with the sessions. Who asks
     * what when is not in it: a real store answers otherwise each time.
     */
    public static final String STRIKES = "strikes.jsonl";

    /** In a run's folder: the script by which sessions asked; not there where its plan says all. */
    public static final String SCRIPT = ScriptFile.NAME;

    /** In a run's folder: the recording. */
    public static final String HISTORY = "history.jsonl";

    /** In a run's folder: the faults, as they were injected, seen and healed. */
    public static final String NEMESIS = "nemesis.jsonl";

    /** In a run's folder: the folder of what the nodes wrote. */
    public static final String NODES = "nodes";

    private static final long SHUTDOWN_NANOS = TimeUnit.SECONDS.toNanos(20);

    private Runner() {}

    /**
     * Refuses what the target cannot do, before anything is started or written.
     *
     * @throws IllegalArgumentException if the plan names what does not exist or asks for what the target cannot do
     */
    public static void requirePossible(Plan plan, Target target) {
        PreparedRun.of(plan, target);
    }

    /**
     * The same by a script.
     *
     * @throws IllegalArgumentException if the target cannot do what the plan asks for
     */
    public static void requirePossible(Plan plan, Optional<Script> script, Target target) {
        PreparedRun.of(plan, target, script);
    }

    /**
     * Runs a plan from start to verdicts: starts the cluster, drives sessions and nemesis, heals, awaits convergence, reads
     * from every node, stops the cluster, judges.
     *
     * <p>Writes into {@code folder}: {@code plan.json}, {@code history.jsonl}, {@code nemesis.jsonl} and the nodes' logs
     * under {@code nodes/}. The verdicts and the report are written by whoever presents the run.
     *
     * <p>First undoes what a killed harness left running or broken, whatever the target. What cannot be undone may be in force during
     * the run, which then lacks evidence, unless its store is simulated.
     *
     * <p>The calling thread is the run's loop. If it is interrupted, or the program is told to end, faults are healed and
     * the cluster is stopped before anything else happens.
     *
     * @param folder exists; it becomes the run's folder
     * @throws RunException if the run could not be carried out; what was recorded until then stands in the folder
     * @throws IllegalArgumentException if the plan asks for something that the target cannot do
     */
    public static Run run(Plan plan, Target target, RunListener listener, Path folder)
            throws IOException, RunException {
        return run(plan, Optional.empty(), target, listener, folder);
    }

    /**
     * The same by a script, in the place of what the plan's workload and nemesis would draw. What it strikes is the schedule of the
     * plan in the folder; where it asks, too, it stands there as {@code script.jsonl}. In virtual time what was asked and what struck is written as {@code schedule.jsonl}, in the
     * form of a script; of a real store what struck, as {@code strikes.jsonl}.
     *
     * @throws RunException if the run could not be carried out; what was recorded until then stands in the folder
     * @throws IllegalArgumentException if the plan asks for something that the target cannot do
     */
    public static Run run(Plan plan, Optional<Script> script, Target target, RunListener listener, Path folder)
            throws IOException, RunException {
        PreparedRun prepared = PreparedRun.of(plan, target, script);
        return run(prepared, Launcher.undoAsFarAsPossible(), listener, folder);
    }

    /** @param undone what became of what killed harnesses had left */
    static Run run(PreparedRun prepared, Launcher.Undone undone, RunListener listener, Path folder)
            throws IOException, RunException {
        Plan plan = prepared.plan();
        Target target = prepared.target();
        Optional<Script> script = prepared.script();
        undone.sentences().forEach(listener::undone);
        PlanFile.write(folder.resolve(PlanFile.NAME), plan);
        Path historyFile = folder.resolve(HISTORY);
        Path faultsFile = folder.resolve(NEMESIS);
        RunInProgress.Outcome outcome;
        try (NodeLogFiles logs = new NodeLogFiles(folder.resolve(NODES), script.isPresent())) {
            outcome = carriedOut(
                    prepared,
                    undone,
                    logs,
                    listener,
                    header -> new RunRecorder(
                            HistoryRecorder.open(historyFile, header),
                            Optional.of(HistoryRecorder.open(faultsFile, header)),
                            listener));
        }
        if (target.simulated()) {
            ScriptFile.write(folder.resolve(SCHEDULE), outcome.script(), outcome.nodes());
        } else {
            Script strikes = Script.ofStrikes(outcome.script().strikes());
            ScriptFile.write(folder.resolve(STRIKES), strikes, outcome.nodes());
        }
        if (script.filter(given -> !given.drawn()).isPresent()) {
            ScriptFile.write(folder.resolve(SCRIPT), script.get(), outcome.nodes());
        }
        return judged(prepared, outcome, HistoryFiles.read(historyFile, ReadOptions.DEFAULT), historyFile);
    }

    /**
     * Runs a plan of a simulated target in memory; nothing is written. For many seeds, and for tests.
     *
     * @throws RunException if the run could not be carried out
     * @throws IllegalArgumentException if the plan asks for something that the target cannot do, or if the target is not
     *     simulated
     */
    public static Run simulate(Plan plan, Target target) throws RunException {
        return simulate(plan, Optional.empty(), target);
    }

    /**
     * The same by a script.
     *
     * @throws RunException if the run could not be carried out
     * @throws IllegalArgumentException as above
     */
    public static Run simulate(Plan plan, Optional<Script> script, Target target) throws RunException {
        return simulate(plan, script, target, RunListener.SILENT, NoNodeLogs.FORGOTTEN);
    }

    /**
     * As without a script, for one who listens.
     *
     * @throws RunException if the run could not be carried out
     * @throws IllegalArgumentException as above
     */
    public static Run simulate(Plan plan, Target target, RunListener listener) throws RunException {
        return simulate(plan, Optional.empty(), target, listener, NoNodeLogs.FORGOTTEN);
    }

    /**
     * The same, for one who listens and who takes what nodes log.
     *
     * @throws RunException if the run could not be carried out
     * @throws IllegalArgumentException as above
     */
    public static Run simulate(Plan plan, Optional<Script> script, Target target, RunListener listener, NodeLogs logs)
            throws RunException {
        if (!target.simulated()) {
            throw new IllegalArgumentException("target: found " + target.name() + ", expected one that is simulated");
        }
        PreparedRun prepared = PreparedRun.of(plan, target, script);
        MemoryRecorder memory = new MemoryRecorder();
        RunInProgress.Outcome outcome = carriedOut(
                prepared,
                Launcher.Undone.NOTHING,
                logs,
                listener,
                header -> new RunRecorder(memory, Optional.empty(), listener));
        listener.scheduled(outcome.script());
        return judged(prepared, outcome, History.of(memory.events()), Path.of("memory"));
    }

    /**
     * The guarantees of the plan, and integrity, that are judged while the run goes on, so that it ends when one of them is
     * broken; empty where the plan does not ask for that.
     */
    public static List<String> watched(Plan plan, Target target) {
        return PreparedRun.of(plan, target).watch().guarantees();
    }

    private static RunInProgress.Outcome carriedOut(
            PreparedRun prepared,
            Launcher.Undone undone,
            NodeLogs logs,
            RunListener listener,
            RunInProgress.RecorderFactory recorder)
            throws RunException {
        KeyedRandom random = new KeyedRandom(prepared.plan().seed());
        if (prepared.target().simulated()) {
            try (SimulatedEnvironment environment = new SimulatedEnvironment(random)) {
                return new RunInProgress(
                                prepared, context(prepared, environment, logs, Launcher.none()), listener, recorder)
                        .toItsEnd(new CompletableFuture<>());
            }
        }
        CompletableFuture<String> abort = new CompletableFuture<>();
        try (RealEnvironment environment = new RealEnvironment(random)) {
            ShutdownHook hook =
                    new ShutdownHook(environment, SHUTDOWN_NANOS, () -> abort.complete("the program was told to end"));
            try {
                RunInProgress.Outcome outcome = new RunInProgress(
                                prepared,
                                context(prepared, environment, logs, launcher(prepared, undone)),
                                listener,
                                recorder)
                        .toItsEnd(abort);
                return outcome.lacking(undone.troubles().stream()
                        .map(Runner::mayHaveBeenInForce)
                        .toList());
            } finally {
                hook.close();
            }
        }
    }

    /** The evidence that a run lacks where something that a killed run had put in force could not be undone. */
    public static String mayHaveBeenInForce(String trouble) {
        return "what a killed run left may have been in force: " + trouble;
    }

    private static Launcher launcher(PreparedRun prepared, Launcher.Undone undone) throws RunException {
        try {
            return Launcher.openAfter(undone, InContainers.image(prepared.settings()));
        } catch (IOException e) {
            throw new RunException(String.valueOf(e.getMessage()), e);
        }
    }

    private static StartContext context(
            PreparedRun prepared, Environment environment, NodeLogs logs, Launcher launcher) {
        return new StartContext(
                environment,
                prepared.settings(),
                prepared.plan().nodes(),
                logs,
                launcher,
                prepared.faults(),
                prepared.plan().sessions());
    }

    private static Run judged(PreparedRun prepared, RunInProgress.Outcome outcome, History history, Path file) {
        Environment clock = new RealEnvironment(new KeyedRandom(0));
        Judgement judgement = Judgement.of(history, prepared.guarantees(), prepared.options(), clock::nowNanos);
        List<String> missing = new ArrayList<>(outcome.missing());
        outcome.stopped()
                .filter(stop -> !isBroken(stop, judgement))
                .ifPresent(stop -> missing.add("the run was stopped early, when " + stop.guarantee()
                        + " was broken by what had happened until then; of the whole recording, with what came"
                        + " afterwards, that is not the verdict"));
        return new Run(
                prepared.plan(),
                history,
                judgement.judged(),
                judgement.failures(),
                missing,
                outcome.troubles(),
                file,
                outcome.stopped(),
                outcome.storeVersion(),
                outcome.used(),
                prepared.promised(),
                0,
                prepared.target()
                        .positionUnit(prepared.settings(), prepared.plan().nodes()),
                prepared.notAsked());
    }

    private static boolean isBroken(EarlyStop stop, Judgement judgement) {
        return judgement.judged().stream()
                .map(Judged::verdict)
                .anyMatch(
                        verdict -> verdict.guarantee().equals(stop.guarantee()) && verdict.answer() == Answer.INVALID);
    }
}
