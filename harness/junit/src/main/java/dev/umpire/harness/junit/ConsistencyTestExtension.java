package dev.umpire.harness.junit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes of a {@link ConsistencyTest} one invocation for each seed. */
final class ConsistencyTestExtension implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), ConsistencyTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        ConsistencyTest test = AnnotationSupport.findAnnotation(context.getTestMethod(), ConsistencyTest.class)
                .orElseThrow();
        if (test.seeds() < 1) {
            throw new IllegalArgumentException("seeds: found " + test.seeds() + ", expected 1 or more");
        }
        RememberedSeeds remembered = new RememberedSeeds(
                TestSettings.seedsFolder(context),
                context.getRequiredTestClass(),
                context.getRequiredTestMethod().getName());
        List<Long> replayed = TestSettings.replayed(context);
        if (!replayed.isEmpty()) {
            return replayed.stream().distinct().map(seed -> new OfSeed(test, seed, "", remembered));
        }
        Set<Long> failedBefore = new LinkedHashSet<>(remembered.all());
        Stream<TestTemplateInvocationContext> first =
                failedBefore.stream().map(seed -> new OfSeed(test, seed, ", which failed before", remembered));
        Stream<TestTemplateInvocationContext> then = Stream.iterate(test.firstSeed(), seed -> seed + 1)
                .limit(test.seeds())
                .filter(seed -> !failedBefore.contains(seed))
                .map(seed -> new OfSeed(test, seed, "", remembered));
        return Stream.concat(first, then);
    }

    private record OfSeed(ConsistencyTest test, long seed, String remark, RememberedSeeds remembered)
            implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return "[seed " + seed + remark + "]";
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new SeededTest(test, seed, remembered));
        }
    }
}
