package dev.umpire.harness.run;

import dev.umpire.harness.environment.Bound;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.environment.LoopInterruptedException;
import dev.umpire.harness.interpreter.Interpreter;
import dev.umpire.harness.launcher.Usage;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.StartContext;
import dev.umpire.histories.RecordingHeader;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run, from the start of the cluster until everything that was started is gone again, whatever happens between. */
final class RunInProgress {

    /** Longer than any target's own bounds, whose message says more. */
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(600);

    private static final long VERSION_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long CONVERGENCE_QUESTION_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final PreparedRun prepared;
    private final StartContext context;
    private final Environment environment;
    private final RunListener listener;
    private final RecorderFactory recorders;
    private final List<String> missing = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final Watch watch;
    private final CompletableFuture<String> abort = new CompletableFuture<>();
    private Optional<String> storeVersion = Optional.empty();
    private Optional<Usage> used = Optional.empty();
    private long originNanos;

    private @Nullable Cluster cluster;
    private @Nullable RunRecorder recorder;
    private @Nullable Interpreter interpreter;

    /** Begins a recording. */
    @FunctionalInterface
    interface RecorderFactory {
        RunRecorder open(RecordingHeader header) throws IOException;
    }

    /**
     * What a run lacks, and what went wrong in tearing down, a sentence each; why it ended early, if it did; the
     * store's version, if it reported one; what was asked and struck, as it can be again; and what it used meanwhile.
     */
    record Outcome(
            List<String> missing,
            List<String> troubles,
            Optional<EarlyStop> stopped,
            Optional<String> storeVersion,
            Script script,
            List<Node> nodes,
            Optional<Usage> used) {

        /** The same, which lacks this too. */
        Outcome lacking(List<String> more) {
            return new Outcome(
                    Stream.concat(missing.stream(), more.stream()).toList(),
                    troubles,
                    stopped,
                    storeVersion,
                    script,
                    nodes,
                    used);
        }
    }

    RunInProgress(PreparedRun prepared, StartContext context, RunListener listener, RecorderFactory recorders) {
        this.prepared = prepared;
        this.watch = prepared.watch();
        this.context = context;
        this.environment = context.environment();
        this.listener = listener;
        this.recorders = recorders;
    }

    /**
     * Carries the run out.
     *
     * @param aborted completes, on the loop, with the reason to give up
     */
    Outcome toItsEnd(CompletionStage<String> aborted) throws RunException {
        aborted.thenAccept(abort::complete);
        RunException failure = null;
        boolean interrupted = false;
        try {
            start();
            drive();
            conclude();
        } catch (LoopInterruptedException e) {
            interrupted = true;
            failure = new RunException("the run was interrupted", e);
        } catch (IOException | RuntimeException | Error e) {
            failure = new RunException(text(e), e);
        }
        if (failure != null) {
            giveUp();
        }
        tearDown(failure == null);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            troubles.stream().map(RunException::new).forEach(failure::addSuppressed);
            throw failure;
        }
        return new Outcome(
                missing,
                troubles,
                watch.stop(),
                storeVersion,
                new Script(
                        present(interpreter).asked(),
                        present(interpreter).nemesis().struck(originNanos)),
                present(cluster).nodes(),
                used);
    }

    private void start() throws IOException {
        listener.phase("starting");
        CompletionStage<Cluster> starting = prepared.target().start(context);
        Cluster started = await("start of " + prepared.target().name(), within(START_NANOS, "start", starting));
        cluster = started;
        requireWhatTheTargetSays(started);
        storeVersion = await("the version of the store", version(started));
        RunRecorder opened = recorders.open(
                new RecordingHeader(started.nodes().stream().map(Node::name).toList(), Value.NIL));
        recorder = opened;
        interpreter = new Interpreter(environment, started, prepared.limits(), event -> {
            opened.append(event);
            watch.append(event);
        });
        if (!environment.simulated()) {
            keepFlushing(opened);
        }
    }

    private void requireWhatTheTargetSays(Cluster started) {
        boolean sendsAgain = started.faults().sendsAgain();
        if (prepared.faults().contains(FaultKind.LOSS)
                && sendsAgain != prepared.target().sendsAgain()) {
            throw new IllegalStateException(
                    "sendsAgain: found " + sendsAgain + " of the faults of the cluster, expected " + !sendsAgain
                            + ", as its target " + prepared.target().name() + " says");
        }
    }

    /** A store that does not say its version is worth a run all the same. */
    private CompletionStage<Optional<String>> version(Cluster started) {
        return environment.simulated()
                ? CompletableFuture.completedStage(Optional.empty())
                : within(VERSION_NANOS, "the version of the store", started.version())
                        .exceptionally(silent -> Optional.empty());
    }

    /** What was recorded is with the operating system soon, so that a killed run can be judged. */
    private void keepFlushing(RunRecorder opened) {
        environment.schedule(FLUSH_NANOS, () -> {
            if (recorder == opened) {
                opened.flush();
                keepFlushing(opened);
            }
        });
    }

    private void drive() {
        listener.phase("running");
        // nodes of real processes take another time to start each time, and a script's times are those of its sessions
        originNanos = environment.simulated() ? 0 : environment.nowNanos();
        prepared.script().ifPresent(script -> present(interpreter).nemesis().follow(script, originNanos));
        Optional<Usage> before = context.launcher().usage();
        await("the sessions", present(interpreter).run(watch.until(prepared.mainPhase(environment.random()))));
        used = context.launcher().usage().flatMap(after -> before.map(after::since));
    }

    private void conclude() {
        Interpreter running = present(interpreter);
        Cluster healed = present(cluster);
        listener.phase("healing");
        await("healing", running.nemesis().healAll());
        listener.phase("converging");
        Convergence convergence = await("convergence", converged(healed));
        if (convergence.never()) {
            // what is read now is the end, as nothing will change it
            running.neverConverges(
                    "the replicas will not agree, however long they are given: " + convergence.lastSeen());
        } else if (!convergence.reached()) {
            String unconverged = "the replicas did not agree within "
                    + prepared.plan().convergenceTimeoutMillis() + " ms after the last heal: " + convergence.lastSeen();
            missing.add(unconverged);
            running.unconverged(unconverged);
        }
        listener.phase("reading");
        List<Request> finalReads = prepared.finalReads(present(recorder).keysAskedFor(), healed.nodes());
        await("the final reads", running.run(FinalReads.of(finalReads)));
        missing.addAll(present(recorder).missing(finalReads));
        String early = watch.stop().isPresent() ? " (the run was stopped early)" : "";
        List<FaultKind> drawn = prepared.script().isPresent() ? List.of() : prepared.kinds();
        running.nemesis().missing(drawn).forEach(sentence -> missing.add(sentence + early));
        troubles.addAll(watch.troubles());
    }

    private CompletionStage<Convergence> converged(Cluster healed) {
        CompletableFuture<Convergence> end = new CompletableFuture<>();
        long limitNanos = TimeUnit.MILLISECONDS.toNanos(prepared.plan().convergenceTimeoutMillis());
        askForConvergence(healed, environment.nowNanos() + limitNanos, end);
        return end;
    }

    private void askForConvergence(Cluster healed, long deadlineNanos, CompletableFuture<Convergence> end) {
        long leftNanos = Math.max(0, deadlineNanos - environment.nowNanos());
        CompletionStage<Convergence> question;
        try {
            question = within(leftNanos, "the question for convergence", healed.convergence());
        } catch (RuntimeException e) {
            question = CompletableFuture.failedFuture(e);
        }
        question.exceptionally(failure -> new Convergence(false, text(failure))).thenAccept(answer -> {
            if (answer.reached()
                    || answer.never()
                    || environment.nowNanos() + CONVERGENCE_QUESTION_NANOS > deadlineNanos) {
                end.complete(answer);
            } else {
                environment.schedule(CONVERGENCE_QUESTION_NANOS, () -> askForConvergence(healed, deadlineNanos, end));
            }
        });
    }

    /** Heals what is in force, after something went wrong. */
    private void giveUp() {
        Interpreter running = interpreter;
        if (running == null) {
            return;
        }
        attempt("healing", () -> {
            running.abort("the run is given up");
            environment.await(
                    "healing",
                    within(GIVE_UP_NANOS, "healing", running.nemesis().healAtOnce()));
        });
    }

    /** @param whole whether the recording has all that was to be recorded */
    private void tearDown(boolean whole) {
        Interpreter running = interpreter;
        if (running != null) {
            attempt("closing connections", () -> troubles.addAll(running.close()));
        }
        RunRecorder opened = recorder;
        recorder = null;
        if (opened != null) {
            attempt("closing the recording", whole ? opened::close : opened::interrupt);
        }
        Cluster started = cluster;
        if (started != null) {
            attempt(
                    "stopping the cluster",
                    () -> environment.await("stop", within(STOP_NANOS, "stop", started.stop())));
        }
        attempt("closing the launcher", context.launcher()::close);
    }

    /** A step of the way out. */
    @FunctionalInterface
    private interface Step {
        void take() throws Exception;
    }

    /** Takes a step whose failure must not keep the next one from being taken. */
    private void attempt(String what, Step step) {
        try {
            step.take();
        } catch (Exception e) {
            troubles.add(what + " failed: " + text(e));
        }
    }

    /** Awaits a stage, or the order to give up. */
    private <T> T await(String what, CompletionStage<T> stage) {
        CompletableFuture<T> first = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> {
            if (failure != null) {
                first.completeExceptionally(failure);
            } else {
                first.complete(value);
            }
        });
        CompletionStage<?> unused =
                abort.thenAccept(reason -> first.completeExceptionally(new CancellationException(reason)));
        return environment.await(what, first);
    }

    private <T> CompletionStage<T> within(long limitNanos, String what, CompletionStage<T> stage) {
        return Bound.within(environment, limitNanos, what, stage);
    }

    private static <T> T present(@Nullable T started) {
        if (started == null) {
            throw new IllegalStateException("found a run that was not started, expected one that was");
        }
        return started;
    }

    private static String text(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
