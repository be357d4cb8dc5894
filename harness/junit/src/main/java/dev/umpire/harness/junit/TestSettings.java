package dev.umpire.harness.junit;

import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What the user says by configuration parameters, system properties and annotations of Jupiter. */
final class TestSettings {
    static final String SEED = "umpire.seed";
    static final String FOLDER = "umpire.folder";
    static final String SEEDS_FOLDER = "umpire.seeds.folder";
    static final String KEEP = "umpire.keep";
    /** As {@link #SEED}, for builds that hand over no system properties. */
    static final String SEED_VARIABLE = "UMPIRE_SEED";

    private TestSettings() {}

    /** The seeds to replay; empty: none was asked for. */
    static List<Long> replayed(ExtensionContext context) {
        Optional<String> given = context.getConfigurationParameter(SEED)
                .or(() -> Optional.ofNullable(System.getenv(SEED_VARIABLE)))
                .filter(text -> !text.isBlank());
        return given.map(TestSettings::numbers)
                .or(() -> annotated(context)
                        .map(seed -> Arrays.stream(seed.value()).boxed().toList()))
                .orElse(List.of());
    }

    private static Optional<Seed> annotated(ExtensionContext context) {
        return elements(context)
                .flatMap(one -> AnnotationSupport.findAnnotation(one, Seed.class).stream())
                .findFirst();
    }

    private static Stream<AnnotatedElement> elements(ExtensionContext context) {
        Stream<AnnotatedElement> method = context.getTestMethod().stream().map(AnnotatedElement.class::cast);
        Stream<AnnotatedElement> classes = Stream.<Class<?>>iterate(
                        context.getRequiredTestClass(), one -> one != null, Class::getEnclosingClass)
                .map(AnnotatedElement.class::cast);
        return Stream.concat(method, classes);
    }

    private static List<Long> numbers(String text) {
        try {
            return Arrays.stream(text.split(",", -1))
                    .map(one -> Long.parseLong(one.trim()))
                    .toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    SEED + ": found " + text + ", expected a whole number, or several with commas between them", e);
        }
    }

    /** The time that {@code @Timeout} gives the test. */
    static Optional<Duration> timeout(ExtensionContext context) {
        return elements(context)
                .flatMap(one -> AnnotationSupport.findAnnotation(one, Timeout.class).stream())
                .findFirst()
                .map(timeout -> Duration.of(timeout.value(), timeout.unit().toChronoUnit()));
    }

    static boolean keep(ExtensionContext context) {
        return context.getConfigurationParameter(KEEP)
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    /** Where the folders of runs are. */
    static Path folder(ExtensionContext context) {
        return context.getConfigurationParameter(FOLDER)
                .map(Path::of)
                .orElseGet(() -> Path.of(
                        Files.isDirectory(Path.of("build")) && !Files.exists(Path.of("pom.xml")) ? "build" : "target",
                        "umpire"));
    }

    /** Where the files of {@link RememberedSeeds} are. */
    static Path seedsFolder(ExtensionContext context) {
        return context.getConfigurationParameter(SEEDS_FOLDER)
                .map(Path::of)
                .orElseGet(() -> Path.of("src", "test", "umpire"));
    }
}
