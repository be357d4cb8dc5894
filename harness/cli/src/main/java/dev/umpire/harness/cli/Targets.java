package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.target.Target;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The targets of the class path and of {@code --classpath}. */
final class Targets {
    @Option(
            names = "--classpath",
            paramLabel = "JARS",
            description = "Jars or folders with targets of your own, as for java -cp.")
    @Nullable
    String classpath;

    /** All targets, by name; those of {@code --classpath} among them. */
    List<Target> all(Surroundings surroundings) throws WrongUse {
        try {
            List<Target> targets = new ArrayList<>(surroundings.targets().apply(loader(surroundings)));
            targets.sort(Comparator.comparing(Target::name));
            return targets;
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new WrongUse("--classpath: found a target that cannot be loaded: " + e.getMessage());
        }
    }

    Target named(String name, Surroundings surroundings) throws WrongUse {
        List<Target> targets = all(surroundings);
        Names.require("target", name, targets.stream().map(Target::name).toList());
        return targets.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ClassLoader loader(Surroundings surroundings) throws WrongUse {
        ClassLoader own = Targets.class.getClassLoader();
        if (classpath == null) {
            return own;
        }
        List<URL> urls = new ArrayList<>();
        for (String part : classpath.split(java.io.File.pathSeparator, -1)) {
            Path path = surroundings.directory().resolve(part);
            if (!Files.exists(path)) {
                throw new WrongUse(
                        "--classpath: found no such file " + part + ", expected a jar or a folder of classes");
            }
            try {
                urls.add(path.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new WrongUse("--classpath: found " + part + ", expected a jar or a folder of classes");
            }
        }
        // stays open until the process ends: the target's classes are loaded on demand
        return new URLClassLoader(urls.toArray(URL[]::new), own);
    }
}
