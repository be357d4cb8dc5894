package dev.umpire.harness.junit;

import dev.umpire.harness.nemesis.NemesisKinds;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.PartitionShape;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** One invocation of a {@link ConsistencyTest}: its run, its parameters, and what is told when it fails. */
final class SeededTest
        implements BeforeTestExecutionCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                AfterTestExecutionCallback {

    private final ConsistencyTest test;
    private final long seed;
    private final RememberedSeeds remembered;
    private @Nullable TestRuns runs;
    private @Nullable TestParameters parameters;

    SeededTest(ConsistencyTest test, long seed, RememberedSeeds remembered) {
        this.test = test;
        this.seed = seed;
        this.remembered = remembered;
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) throws Exception {
        Subject subject = Subject.of(test, context);
        TestRuns begun = new TestRuns(context, test.keep(), subject.promises());
        runs = begun;
        TestParameters known = new TestParameters(begun, subject::target, () -> plan(subject));
        parameters = known;
        if (!TestParameters.wantsRun(context.getRequiredTestMethod().getParameterTypes())) {
            return;
        }
        try {
            known.run();
        } catch (RunException | TimeoutException e) {
            throw (Exception) begun.told(e);
        }
    }

    private String[] nemesis() {
        List<FaultKind> kinds = List.of(test.nemesis());
        List<PartitionShape> shapes = List.of(test.partitions());
        if (!shapes.isEmpty() && !kinds.contains(FaultKind.PARTITION)) {
            throw new IllegalArgumentException("partitions: found " + shapes + " and the nemesis " + kinds
                    + ", expected PARTITION in the nemesis, whose shapes they are");
        }
        return kinds.stream()
                .flatMap(kind -> kind == FaultKind.PARTITION && !shapes.isEmpty()
                        ? shapes.stream().map(NemesisKinds::name)
                        : Stream.of(kind.optionName()))
                .toArray(String[]::new);
    }

    private PlanBuilder plan(Subject subject) {
        Map<String, String> settings = new LinkedHashMap<>(subject.settings());
        settings.putAll(pairs("settings", test.settings()));
        PlanBuilder plan = PlanBuilder.of(subject.target(), settings).seed(seed);
        if (!test.workload().isEmpty()) {
            plan.workload(test.workload(), pairs("options", test.options()));
        } else if (test.options().length > 0) {
            throw new IllegalArgumentException("options: found " + Arrays.toString(test.options())
                    + " and no workload, expected the workload that they belong to");
        }
        plan.nemesis(nemesis());
        between("gapMillis", test.gapMillis(), plan::gap);
        between("holdMillis", test.holdMillis(), plan::hold);
        if (test.nodes() != 0) {
            plan.nodes(test.nodes());
        }
        if (test.sessions() != 0) {
            plan.sessions(test.sessions());
        }
        if (test.operations() != 0) {
            plan.operations(test.operations());
        }
        if (test.lastingMillis() != 0) {
            plan.lasting(Duration.ofMillis(test.lastingMillis()));
        }
        judging(plan);
        return plan;
    }

    private void judging(PlanBuilder plan) {
        plan.load(test.load());
        if (test.ratePerSecond() != 0) {
            plan.rate(test.ratePerSecond());
        }
        if (test.guarantees().length > 0) {
            plan.guarantees(test.guarantees());
        }
        if (test.failFast()) {
            plan.failFast();
        }
    }

    private static void between(String what, long[] leastAndMost, BiFunction<Duration, Duration, PlanBuilder> plan) {
        if (leastAndMost.length == 0) {
            return;
        }
        if (leastAndMost.length > 2) {
            throw new IllegalArgumentException(what + ": found " + Arrays.toString(leastAndMost)
                    + ", expected one number, or the least and the most");
        }
        PlanBuilder unused = plan.apply(
                Duration.ofMillis(leastAndMost[0]), Duration.ofMillis(leastAndMost[leastAndMost.length - 1]));
    }

    private static Map<String, String> pairs(String what, String[] texts) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int sign = text.indexOf('=');
            if (sign < 1) {
                throw new IllegalArgumentException(what + ": found " + text + ", expected name=value");
            }
            pairs.put(text.substring(0, sign), text.substring(sign + 1));
        }
        return pairs;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        // constructors and methods around the test are called when there is no run yet
        return parameter.getDeclaringExecutable().equals(context.getRequiredTestMethod())
                && TestParameters.supports(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return present(parameters).of(parameter.getParameter().getType());
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw present(runs).told(failure);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws Exception {
        TestRuns made = runs;
        if (made == null) {
            return;
        }
        if (context.getExecutionException().isEmpty()) {
            try {
                requireShown(made);
            } catch (AssertionError e) {
                remember(context);
                throw (Error) made.told(e);
            }
        }
        if (context.getExecutionException()
                .filter(failure -> !(failure instanceof TestAbortedException))
                .filter(failure -> made.anyEnded() || !isWrongUse(failure))
                .isPresent()) {
            remember(context);
        }
        made.close();
    }

    /** Whether a test asks for what cannot be, with any seed. */
    private static boolean isWrongUse(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(IllegalArgumentException.class::isInstance);
    }

    /** What a test that passed must have shown besides: evidence, integrity, and what is promised. */
    private void requireShown(TestRuns made) {
        List<String> missing = test.evidenceRequired() ? made.missing() : List.of();
        if (!missing.isEmpty()) {
            throw new AssertionFailedError(
                    "the test passed, but nothing was shown, as its run lacks evidence (evidenceRequired = false accepts that):\n"
                            + missing.stream()
                                    .map(one -> "  " + SafeText.visible(one))
                                    .collect(Collectors.joining("\n")));
        }
        if (test.evidenceRequired()) {
            made.requireIntegrity();
        }
        made.requirePromisesKept();
    }

    private void remember(ExtensionContext context) {
        try {
            remembered.add(seed);
        } catch (IOException | RuntimeException e) {
            // the failure of the test is what must be seen
            context.publishReportEntry("umpire", "the seed " + seed + " could not be remembered: " + e);
        }
    }

    private static <T> T present(@Nullable T begun) {
        if (begun == null) {
            throw new IllegalStateException("found a test that has not begun, expected one that has");
        }
        return begun;
    }
}
