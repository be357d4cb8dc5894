package dev.umpire.harness.junit;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.environment.OwnThreads;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.junit.assertion.UmpireAssertions;
import dev.umpire.harness.junit.live.LiveCluster;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.report.RunFiles;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.RunStore;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** The runs that one test makes: their folders, and what is told of them when the test fails. Belongs to one test. */
final class TestRuns {
    private static final Namespace NAMESPACE = Namespace.create(TestRuns.class);
    private static final List<String> PUBLISHED =
            List.of(RunFiles.REPORT, RunFiles.VERDICT, RunFiles.LATENCY, PlanFile.NAME, Runner.HISTORY, Runner.NEMESIS);
    private static final int MOST_TOLD = 3;
    /** For healing and stopping, after a run was given up. */
    private static final Duration GIVE_UP = Duration.ofSeconds(30);

    private final ExtensionContext context;
    private final boolean keep;
    private final Optional<PromisedRuns> promised;
    private final List<Made> made = new ArrayList<>();
    private boolean failed;
    private @Nullable ClusterOfTest cluster;

    private record Made(Path folder, long seed, Target target, Optional<Run> run) {}

    /**
     * @param promises the file by which runs are judged; empty: by their plans
     * @throws IllegalArgumentException if that file cannot be read or understood
     */
    TestRuns(ExtensionContext context, boolean keep, Optional<Path> promises) {
        this.context = context;
        this.keep = keep || TestSettings.keep(context);
        this.promised = promises.map(file -> PromisedRuns.read(file, RealEnvironment.today()));
    }

    /**
     * Runs a plan, within the time of the test's {@code @Timeout}.
     *
     * @throws TimeoutException if that was too short; everything was healed and stopped then
     */
    Run run(Plan plan, Target target) throws IOException, RunException, TimeoutException {
        Plan judged = promised.map(one -> one.judging(plan, target)).orElse(plan);
        Path folder = newFolder(plan.seed());
        made.add(new Made(folder, plan.seed(), target, Optional.empty()));
        Optional<Duration> limit = TestSettings.timeout(context);
        Run ended = limit.isEmpty()
                ? Runner.run(judged, target, RunListener.SILENT, folder)
                : within(limit.get(), judged, target, folder);
        Run run = promised.map(one -> one.weighed(ended, target)).orElse(ended);
        made.set(made.size() - 1, new Made(folder, plan.seed(), target, Optional.of(run)));
        run.troubles().forEach(this::publish);
        promised.ifPresent(one -> one.known(run, target).forEach(this::publish));
        return run;
    }

    private void publish(String told) {
        context.publishReportEntry("umpire", SafeText.visible(told));
    }

    /** @throws AssertionError if a run's history is one that no store can have given */
    void requireIntegrity() {
        made.stream()
                .flatMap(one -> one.run().stream())
                .filter(run -> run.judged().stream()
                        .map(Judged::verdict)
                        .anyMatch(verdict -> verdict.guarantee().equals(Guarantee.INTEGRITY.name())
                                && verdict.answer() == Answer.INVALID))
                .forEach(run -> UmpireAssertions.assertThat(run)
                        .as("the test passed, but its run cannot be believed (evidenceRequired = false accepts that)")
                        .satisfies(Guarantee.INTEGRITY));
    }

    /** @throws AssertionError if a run did not keep what is promised of it */
    void requirePromisesKept() {
        promised.ifPresent(one ->
                made.forEach(each -> each.run().ifPresent(run -> one.requireKept(run, each.target()))));
    }

    /**
     * The cluster of this test, which is started where there is none yet and stopped with {@link #close}.
     *
     * @throws IllegalStateException if it does not start
     */
    LiveCluster cluster(Supplier<Plan> plan, Supplier<Target> target) throws IOException {
        ClusterOfTest begun = cluster;
        if (begun == null) {
            Plan asked = plan.get();
            Path folder = newFolder(asked.seed());
            Target known = target.get();
            made.add(new Made(folder, asked.seed(), known, Optional.empty()));
            begun = ClusterOfTest.start(asked, known, folder);
            cluster = begun;
        }
        return begun.cluster();
    }

    private static Run within(Duration limit, Plan plan, Target target, Path folder)
            throws IOException, RunException, TimeoutException {
        OwnThreads<Run> own =
                OwnThreads.start("umpire-run", () -> Runner.run(plan, target, RunListener.SILENT, folder));
        try {
            Optional<Run> run = own.await(limit);
            if (run.isPresent()) {
                return run.get();
            }
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof RunException failure) {
                throw failure;
            }
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
        boolean interrupted = Thread.interrupted();
        own.leave();
        TimeoutException late = new TimeoutException("the run did not end within " + limit.toMillis()
                + " ms, as @Timeout says; it was given up, and its cluster healed and stopped");
        try {
            Optional<Run> unused = own.await(GIVE_UP);
        } catch (IllegalStateException given) {
            late.initCause(given.getCause());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        throw late;
    }

    private Path newFolder(long seed) throws IOException {
        @SuppressWarnings("unchecked")
        Set<Path> taken = (Set<Path>) context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent("folders", unused -> ConcurrentHashMap.newKeySet(), Set.class);
        String name = context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName() + "-" + seed;
        Path folder = TestSettings.folder(context).resolve(name);
        for (int number = 2; !taken.add(folder); number++) {
            folder = folder.resolveSibling(name + "-" + number);
        }
        try {
            RunStore.delete(folder); // of an earlier execution
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(
                    TestSettings.FOLDER + ": found " + TestSettings.folder(context)
                            + ", in which no folder can be made (" + e + "), expected one that can be written",
                    e);
        }
    }

    /** Whether a run came to its end, or a cluster was there. */
    boolean anyEnded() {
        return cluster != null || made.stream().anyMatch(one -> one.run().isPresent());
    }

    /** What the runs and the cluster lack, a sentence each. */
    List<String> missing() {
        Stream<String> ofRuns = made.stream().flatMap(one -> one.run().stream()).flatMap(run -> run.missing().stream());
        ClusterOfTest begun = cluster;
        return Stream.concat(ofRuns, begun == null ? Stream.empty() : begun.missing().stream())
                .toList();
    }

    /** The failure of the test, with all that is to be told of its runs. */
    Throwable told(Throwable failure) {
        if (failure instanceof TestAbortedException || made.isEmpty()) {
            return failure;
        }
        failed = true;
        List<String> lines = new ArrayList<>();
        ClusterOfTest begun = cluster;
        if (begun != null) {
            lines.addAll(begun.told());
        }
        keepAll();
        lines.addAll(lines());
        return told(failure, String.join("\n", lines));
    }

    private static Throwable told(Throwable failure, String lines) {
        // by its name, as it is the user's library and may not be there
        boolean awaitedInVain = failure.getClass().getName().equals("org.awaitility.core.ConditionTimeoutException");
        if (!(failure instanceof AssertionError) && !awaitedInVain) {
            failure.addSuppressed(new Again(lines));
            return failure;
        }
        String message = (failure.getMessage() == null ? failure.toString() : failure.getMessage()) + "\n" + lines;
        AssertionFailedError told = failure instanceof AssertionFailedError compared && compared.isExpectedDefined()
                ? new AssertionFailedError(message, compared.getExpected(), compared.getActual())
                : new AssertionFailedError(message);
        told.setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            told.addSuppressed(suppressed);
        }
        if (failure.getCause() != null) {
            told.initCause(failure.getCause());
        }
        return told;
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Made one : made.subList(Math.max(0, made.size() - MOST_TOLD), made.size())) {
            String again = "  again: " + ReplayLine.of(context, one.seed());
            if (!lines.contains(again)) {
                lines.add(again);
            }
            lines.add(
                    one.run().isPresent()
                            ? "  report: " + one.folder().resolve(RunFiles.REPORT)
                            : "  folder: " + one.folder());
        }
        return lines;
    }

    /** Says of a failure that is not an assertion how it comes back; without a stack trace. */
    private static final class Again extends Exception {
        private static final long serialVersionUID = 1;

        Again(String lines) {
            super("\n" + lines, null, false, false);
        }
    }

    private void keepAll() {
        keepCluster();
        for (Made one : made) {
            try {
                if (one.run().isPresent()) {
                    RunFiles.keep(one.folder(), one.run().get(), List.of(ReplayLine.of(context, one.seed())));
                }
                publish(one.folder());
            } catch (IOException | RuntimeException e) {
                // the failure of the test is what must be seen
                publish(one.folder() + " could not be published: " + e.getMessage());
            }
        }
    }

    private void keepCluster() {
        ClusterOfTest begun = cluster;
        if (begun != null) {
            try {
                begun.writeHistory();
            } catch (IOException e) {
                // the failure of the test is what must be seen
                publish("the history could not be written: " + e.getMessage());
            }
        }
    }

    private void publish(Path folder) {
        context.publishDirectory(String.valueOf(folder.getFileName()), published -> {
            for (String name : PUBLISHED) {
                if (Files.exists(folder.resolve(name))) {
                    Files.copy(folder.resolve(name), published.resolve(name));
                }
            }
        });
    }

    /**
     * The test is over: its cluster is healed and stopped, and what nobody wants is deleted.
     *
     * @throws IllegalStateException if the test passed and something could not be undone
     */
    void close() throws IOException {
        if (keep && !failed) {
            keepAll();
        }
        closeCluster();
        if (keep || failed) {
            return;
        }
        for (Made one : made) {
            RunStore.delete(one.folder());
        }
    }

    private void closeCluster() {
        ClusterOfTest begun = cluster;
        if (begun == null) {
            return;
        }
        try {
            begun.cluster().close();
        } catch (IllegalStateException e) {
            if (!failed) {
                failed = true;
                throw e;
            }
            // the failure of the test is what must be seen
            publish("" + e.getMessage());
        }
    }
}
