package dev.umpire.harness.cli;

import dev.umpire.checkers.verdict.CheckerProvider;
import dev.umpire.checkers.verdict.CheckerUnavailableException;
import dev.umpire.checkers.verdict.OpenChecker;
import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.Span;
import dev.umpire.harness.cli.option.WrongUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options with which somebody else's checker is asked in place of ours. */
final class OtherChecker {
    @Option(
            names = "--checker",
            paramLabel = "NAME",
            description = "Ask another checker in place of ours: knossos, for linearizable.")
    @Nullable
    String checker;

    @Option(
            names = "--knossos",
            paramLabel = "PLACE",
            description = "own-process, which is killed when its time is over (the default), or in-process.")
    @Nullable
    String place;

    @Option(names = "--knossos-algorithm", paramLabel = "A", description = "competition (the default), wgl or linear.")
    @Nullable
    String algorithm;

    @Option(
            names = "--knossos-heap",
            paramLabel = "MB",
            description = "Heap of its process in megabytes. Default: a quarter of the machine's memory.")
    @Nullable
    String heapMegabytes;

    @Option(
            names = "--knossos-limit",
            paramLabel = "TIME",
            converter = Span.class,
            description = "How long one history may take. Default: 1m.")
    @Nullable
    Duration limit;

    @Mixin
    ClassPath classPath = new ClassPath();

    /** Whether another checker is to be asked. */
    boolean isAsked() {
        return checker != null;
    }

    /** A checker that is ready, with the name under which it was asked for. */
    record Opened(String name, OpenChecker checker) {}

    /**
     * Opens the checker that was asked for; empty if none was.
     *
     * @param asked the names of guarantees that were asked for; empty: none were
     */
    Optional<Opened> open(List<String> asked, Surroundings surroundings) throws WrongUse {
        if (checker == null) {
            if (!settings().isEmpty()) {
                throw new WrongUse("--knossos: found without --checker, expected --checker knossos beside it");
            }
            return Optional.empty();
        }
        CheckerProvider provider = provider(checker, classPath.loader(surroundings));
        for (String guarantee : asked) {
            Names.require("--guarantees with --checker " + checker, guarantee, provider.guarantees());
        }
        List<String> paths =
                classPath.paths(surroundings).stream().map(Path::toString).toList();
        try {
            return Optional.of(new Opened(checker, provider.open(settings(), paths)));
        } catch (CheckerUnavailableException | IllegalArgumentException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        put(settings, "place", place);
        put(settings, "algorithm", algorithm);
        put(settings, "heap-megabytes", heapMegabytes);
        put(settings, "limit-millis", limit == null ? null : Long.toString(limit.toMillis()));
        return settings;
    }

    private static void put(Map<String, String> settings, String name, @Nullable String value) {
        if (value != null) {
            settings.put(name, value);
        }
    }

    private static CheckerProvider provider(String name, ClassLoader loader) throws WrongUse {
        List<String> names = new ArrayList<>();
        try {
            for (CheckerProvider provider : ServiceLoader.load(CheckerProvider.class, loader)) {
                if (provider.name().equals(name)) {
                    return provider;
                }
                names.add(provider.name());
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new WrongUse("--classpath: found a checker that cannot be loaded: " + e.getMessage());
        }
        throw new WrongUse(Names.unknown("--checker", name, names));
    }
}
