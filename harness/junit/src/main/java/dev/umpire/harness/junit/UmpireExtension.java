package dev.umpire.harness.junit;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Runs plans within tests.
 *
 * <pre>
 * &#64;RegisterExtension
 * static final UmpireExtension umpire = UmpireExtension.of(new MyStore()).set("reads", "any-follower");
 *
 * &#64;Test
 * void aReaderNeverSeesTheAnswerBeforeTheQuestion() {
 *     Run run = umpire.run(plan -&gt; plan.workload("dialogue", Map.of()).sessions(16).nemesis("partition"));
 *     assertThat(run).satisfies(CONSISTENT_PREFIX);
 * }
 * </pre>
 *
 * <p>The seed is that of {@code -Dumpire.seed}, or of {@link Seed}, or of the plan, or 1. Folders, messages and timeouts are
 * those of {@link ConsistencyTest}. May be shared by tests that run side by side.
 */
public final class UmpireExtension implements BeforeEachCallback, AfterEachCallback, TestExecutionExceptionHandler {
    private final Target target;
    private final Map<String, String> settings;
    private final boolean keep;
    /** Inherited, as Jupiter may give the test a thread of its own when it has a timeout. */
    @SuppressWarnings("ThreadLocalUsage") // each extension has its own; there are as many as classes that register one
    private final InheritableThreadLocal<InTest> current = new InheritableThreadLocal<>();

    private record InTest(ExtensionContext context, TestRuns runs) {}

    private UmpireExtension(Target target, Map<String, String> settings, boolean keep) {
        this.target = target;
        this.settings = settings;
        this.keep = keep;
    }

    /** An extension that runs plans against this store. */
    public static UmpireExtension of(Target target) {
        return new UmpireExtension(target, Map.of(), false);
    }

    /** The same, with a setting of the target; {@code configuration} too. */
    public UmpireExtension set(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return new UmpireExtension(target, Map.copyOf(more), keep);
    }

    /** The same; it also keeps the folders of runs whose test passed. */
    public UmpireExtension keepingRuns() {
        return new UmpireExtension(target, settings, true);
    }

    /**
     * Runs a plan from start to verdicts.
     *
     * @param changes says what differs from the usual plan
     * @throws IllegalStateException if the run could not be carried out, with the reason as its cause, or if no test is
     *     under way
     * @throws IllegalArgumentException if the plan asks for what the target cannot do
     */
    public Run run(Consumer<PlanBuilder> changes) {
        InTest test = current.get();
        if (test == null) {
            throw new IllegalStateException(
                    "found a run outside of a test, expected it in a test method or @BeforeEach,"
                            + " with the extension registered by @RegisterExtension");
        }
        PlanBuilder plan = PlanBuilder.of(target, settings);
        changes.accept(plan);
        List<Long> replayed = TestSettings.replayed(test.context());
        if (!replayed.isEmpty()) {
            plan.seed(replayed.get(0));
        }
        return runOrFail(test.runs(), plan.build(), target);
    }

    /** @throws IllegalStateException if the run could not be carried out */
    static Run runOrFail(TestRuns runs, Plan plan, Target target) {
        try {
            return runs.run(plan, target);
        } catch (IOException | RunException | TimeoutException e) {
            throw new IllegalStateException("the run failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        current.set(new InTest(context, new TestRuns(context, keep)));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        InTest test = current.get();
        throw test == null ? failure : test.runs().told(failure);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        InTest test = current.get();
        current.remove();
        if (test != null) {
            test.runs().close();
        }
    }
}
