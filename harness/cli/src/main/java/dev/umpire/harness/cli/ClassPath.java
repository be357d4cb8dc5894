package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.WrongUse;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a user adds to the class path. */
final class ClassPath {
    @Option(
            names = "--classpath",
            paramLabel = "JARS",
            description =
                    "Jars or folders with targets of your own, or with what another checker needs, as for java -cp;"
                            + " those of the variable UMPIRE_CLASSPATH come after them.")
    @Nullable
    String classpath;

    /** The jars and folders, those of the variable included where they exist: tools name folders that need not. */
    List<Path> paths(Surroundings surroundings) throws WrongUse {
        List<Path> paths = new ArrayList<>();
        for (String part : split(classpath == null ? "" : classpath)) {
            Path path = surroundings.directory().resolve(part);
            if (!Files.exists(path)) {
                throw new WrongUse(
                        "--classpath: found no such file " + part + ", expected a jar or a folder of classes");
            }
            paths.add(path);
        }
        for (String part : split(surroundings.classPath())) {
            Path path = surroundings.directory().resolve(part);
            if (Files.exists(path)) {
                paths.add(path);
            }
        }
        return paths;
    }

    /** The option as it is typed, with a blank before it; empty where it is not given. */
    String typed() {
        return classpath == null ? "" : " --classpath " + PlanDefaults.quoted(classpath);
    }

    private static List<String> split(String parts) {
        return parts.isEmpty() ? List.of() : List.of(parts.split(File.pathSeparator, -1));
    }

    /** A loader that sees them beside our own classes. */
    ClassLoader loader(Surroundings surroundings) throws WrongUse {
        ClassLoader own = ClassPath.class.getClassLoader();
        List<URL> urls = new ArrayList<>();
        for (Path path : paths(surroundings)) {
            try {
                urls.add(path.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new WrongUse("--classpath: found " + path + ", expected a jar or a folder of classes");
            }
        }
        // stays open until the process ends: classes are loaded on demand
        return urls.isEmpty() ? own : new URLClassLoader(urls.toArray(URL[]::new), own);
    }
}
