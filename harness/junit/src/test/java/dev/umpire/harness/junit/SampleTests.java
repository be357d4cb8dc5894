package dev.umpire.harness.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs tests that are samples, as Jupiter does, and tells what became of them. */
final class SampleTests {
    private SampleTests() {}

    /** Where Jupiter puts what is published. */
    private record Published(Path root) implements OutputDirectoryCreator {
        @Override
        public Path getRootDirectory() {
            return root;
        }

        @Override
        public Path createOutputDirectory(TestDescriptor test) throws IOException {
            return Files.createDirectories(root.resolve(test.getDisplayName().replaceAll("[^A-Za-z0-9]", "_")));
        }
    }

    /**
     * Runs one method of a class, with everything that is written below a folder.
     *
     * @param parameters of the configuration: names and values in turn
     */
    static EngineExecutionResults execute(Class<?> samples, Path folder, String method, String... parameters) {
        return kit(folder, parameters)
                .selectors(Stream.of(samples.getDeclaredMethods())
                        .filter(one -> one.getName().equals(method))
                        .map(one -> selectMethod(samples, one))
                        .toArray(MethodSelector[]::new))
                .execute();
    }

    /**
     * Ready to run tests, with everything that is written below a folder.
     *
     * @param parameters of the configuration: names and values in turn
     */
    static EngineTestKit.Builder kit(Path folder, String... parameters) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .outputDirectoryCreator(new Published(folder.resolve("published")))
                .configurationParameter(
                        TestSettings.FOLDER, folder.resolve("runs").toString())
                .configurationParameter(
                        TestSettings.SEEDS_FOLDER, folder.resolve("seeds").toString());
        for (int i = 0; i < parameters.length; i += 2) {
            kit.configurationParameter(parameters[i], parameters[i + 1]);
        }
        return kit;
    }

    /** What the first failure says. */
    static String message(EngineExecutionResults results) {
        return String.valueOf(failure(results).getMessage());
    }

    /** What each failure says. */
    static List<String> messages(EngineExecutionResults results) {
        return results.testEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .map(failure -> String.valueOf(failure.getMessage()))
                .toList();
    }

    static Throwable failure(EngineExecutionResults results) {
        return results.testEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .findFirst()
                .orElseThrow();
    }

    /** The display names of what was begun. */
    static List<String> names(EngineExecutionResults results) {
        return results.testEvents().started().stream()
                .map(Event::getTestDescriptor)
                .map(one -> one.getDisplayName())
                .toList();
    }
}
