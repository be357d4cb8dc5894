package dev.umpire.harness.junit;

import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs plans within tests, and gives tests a cluster of their own.
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
 *
 * &#64;Test
 * void aReplicaThatWasCutOffCatchesUp(LiveCluster cluster, LiveNemesis nemesis) {
 *     nemesis.partition("n3").heal();
 *     await().until(cluster.replica("n3").caughtUpWith("n1"));
 * }
 * </pre>
 *
 * <p>Test methods and those around them may take a {@link dev.umpire.harness.junit.live.LiveCluster}, its {@link
 * dev.umpire.harness.junit.live.LiveNemesis} or its {@link dev.umpire.harness.junit.recording.SessionRecorder}: it is started
 * for the test, and healed and stopped after it, however it ended. They may also take a {@code Run}, {@code History} or {@code
 * Plan} of the usual plan, a {@code PlanBuilder}, {@link Runs}, or the {@code Target}.
 *
 * <p>The seed is that of {@code -Dumpire.seed}, or of {@link Seed}, or of the plan, or 1. Folders, messages and timeouts are
 * those of {@link ConsistencyTest}. May be shared by tests that run side by side.
 */
public final class UmpireExtension
        implements BeforeEachCallback,
                AfterEachCallback,
                AfterTestExecutionCallback,
                ParameterResolver,
                TestExecutionExceptionHandler {
    private static final Namespace NAMESPACE = Namespace.create(UmpireExtension.class);

    private final Target target;
    private final Map<String, String> settings;
    private final boolean keep;
    private final Optional<Path> promises;
    /** Inherited, as Jupiter may give the test a thread of its own when it has a timeout. */
    @SuppressWarnings("ThreadLocalUsage") // each extension has its own; there are as many as classes that register one
    private final InheritableThreadLocal<InTest> current = new InheritableThreadLocal<>();

    private record InTest(ExtensionContext context, TestRuns runs, TestParameters parameters) {}

    private UmpireExtension(Target target, Map<String, String> settings, boolean keep, Optional<Path> promises) {
        this.target = target;
        this.settings = settings;
        this.keep = keep;
        this.promises = promises;
    }

    /** An extension that runs plans against this store. */
    public static UmpireExtension of(Target target) {
        return new UmpireExtension(target, Map.of(), false, Optional.empty());
    }

    /** The same, with a setting of the target; {@code configuration} too. */
    public UmpireExtension set(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return new UmpireExtension(target, Map.copyOf(more), keep, promises);
    }

    /** The same; it also keeps the folders of runs whose test passed. */
    public UmpireExtension keepingRuns() {
        return new UmpireExtension(target, settings, true, promises);
    }

    /**
     * The same; every run is judged by the promise of this file that is meant for its target and settings, and a test that
     * passed fails where that was not kept. Known anomalies are borne until their day.
     *
     * @param file {@code umpire.promise.json}, of which a relative path begins where the tests run
     */
    public UmpireExtension judgingBy(Path file) {
        return new UmpireExtension(target, settings, keep, Optional.of(file));
    }

    Target target() {
        return target;
    }

    Map<String, String> settings() {
        return settings;
    }

    Optional<Path> promises() {
        return promises;
    }

    /**
     * The one that the class of a test registers.
     *
     * @throws IllegalArgumentException if there is none, or more than one
     */
    static UmpireExtension registered(ExtensionContext context) {
        List<UmpireExtension> registered = allRegistered(context);
        if (registered.size() != 1) {
            throw new IllegalArgumentException("target: found none at @ConsistencyTest and " + registered.size()
                    + " extensions of Umpire by @RegisterExtension, expected a target there or one such extension");
        }
        return registered.get(0);
    }

    @SuppressWarnings("unchecked")
    private static List<UmpireExtension> allRegistered(ExtensionContext context) {
        return (List<UmpireExtension>)
                context.getStore(NAMESPACE).getOrComputeIfAbsent("registered", unused -> new ArrayList<>(), List.class);
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
        return test.parameters().runOrFail(seeded(plan, test.context()).build());
    }

    private static PlanBuilder seeded(PlanBuilder plan, ExtensionContext context) {
        TestSettings.replayed(context).stream().findFirst().ifPresent(plan::seed);
        return plan;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        boolean ofConsistencyTest = AnnotationSupport.isAnnotated(context.getTestMethod(), ConsistencyTest.class);
        return current.get() != null
                && parameter.getDeclaringExecutable() instanceof Method
                && !ofConsistencyTest // which knows its own target
                && TestParameters.supports(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Objects.requireNonNull(current.get(), "a test that has begun")
                .parameters()
                .of(parameter.getParameter().getType());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        allRegistered(context).add(this);
        TestRuns runs = new TestRuns(context, keep, promises);
        current.set(new InTest(
                context,
                runs,
                new TestParameters(runs, () -> target, () -> seeded(PlanBuilder.of(target, settings), context))));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        InTest test = current.get();
        throw test == null ? failure : test.runs().told(failure);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        InTest test = current.get();
        if (test == null || context.getExecutionException().isPresent()) {
            return;
        }
        try {
            test.runs().requirePromisesKept();
        } catch (AssertionError e) {
            throw (Error) test.runs().told(e);
        }
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
