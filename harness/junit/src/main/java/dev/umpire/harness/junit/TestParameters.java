package dev.umpire.harness.junit;

import dev.umpire.harness.junit.live.LiveCluster;
import dev.umpire.harness.junit.live.LiveNemesis;
import dev.umpire.harness.junit.recording.SessionRecorder;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.History;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a test may ask for by its parameters. Belongs to one test. */
final class TestParameters {
    private static final Set<Class<?>> OF_A_RUN = Set.of(Run.class, History.class, Plan.class);
    private static final Set<Class<?>> OF_A_CLUSTER =
            Set.of(LiveCluster.class, LiveNemesis.class, SessionRecorder.class);
    private static final Set<Class<?>> OF_A_PLAN = Set.of(PlanBuilder.class, Runs.class, Target.class);

    private final TestRuns runs;
    private final Supplier<Target> target;
    private final Supplier<PlanBuilder> plan;
    private @Nullable Run run;

    /** @param plan makes the plan of this test's run and cluster, anew for each who wants to change it */
    TestParameters(TestRuns runs, Supplier<Target> target, Supplier<PlanBuilder> plan) {
        this.runs = runs;
        this.target = target;
        this.plan = plan;
    }

    /** Whether parameters of this type are known here. */
    static boolean supports(Class<?> type) {
        return OF_A_RUN.contains(type) || OF_A_CLUSTER.contains(type) || OF_A_PLAN.contains(type);
    }

    /** Whether a test with these parameters wants its plan to be run: it asks for the run, or for nothing of its own making. */
    static boolean wantsRun(Class<?>[] types) {
        return Arrays.stream(types).anyMatch(OF_A_RUN::contains)
                || Arrays.stream(types).noneMatch(type -> OF_A_PLAN.contains(type) || OF_A_CLUSTER.contains(type));
    }

    /** The value of a parameter whose type is supported. */
    Object of(Class<?> type) {
        if (type == Target.class) {
            return target.get();
        }
        if (type == PlanBuilder.class) {
            return plan.get();
        }
        if (type == Runs.class) {
            return (Runs) own -> runOrFail(own.build());
        }
        return OF_A_CLUSTER.contains(type) ? ofCluster(type) : ofRun(type);
    }

    private Object ofCluster(Class<?> type) {
        LiveCluster cluster;
        try {
            cluster = runs.cluster(plan.get()::build, target);
        } catch (IOException e) {
            throw new IllegalStateException("the cluster cannot be started: " + e.getMessage(), e);
        }
        return type == LiveCluster.class ? cluster : type == LiveNemesis.class ? cluster.nemesis() : cluster.recorder();
    }

    private Object ofRun(Class<?> type) {
        Run made = run;
        if (made == null) {
            made = runOrFail(plan.get().build());
            run = made;
        }
        return type == Run.class ? made : type == History.class ? made.history() : made.plan();
    }

    /** Runs the plan of this test, for parameters to come. */
    void run() throws IOException, RunException, TimeoutException {
        run = runs.run(plan.get().build(), target.get());
    }

    /** @throws IllegalStateException if the run could not be carried out */
    Run runOrFail(Plan own) {
        try {
            return runs.run(own, target.get());
        } catch (IOException | RunException | TimeoutException e) {
            throw new IllegalStateException("the run failed: " + e.getMessage(), e);
        }
    }
}
