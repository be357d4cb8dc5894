package dev.umpire.checkers.knossos;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the Clojure namespaces lie that stand in for Knossos, and the real one, if somebody has told where it is. */
final class StandIn {
    private StandIn() {}

    /** The stand-in, as a class path. */
    static List<String> classPath() {
        return List.of(folder().toString());
    }

    /** The folder of the stand-in's sources. */
    static Path folder() {
        try {
            return Path.of(StandIn.class.getResource("/stand-in").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static KnossosOptions inProcess() {
        return KnossosOptions.DEFAULT.withInProcess(true).withClassPath(classPath());
    }

    static KnossosOptions ownProcess() {
        return KnossosOptions.DEFAULT.withHeapMegabytes(200).withClassPath(classPath());
    }

    /** The class path of the real Knossos: {@code -Dumpire.knossos.classpath=...}, else the variable UMPIRE_CLASSPATH. */
    static Optional<List<String>> real() {
        String path = System.getProperty("umpire.knossos.classpath", System.getenv("UMPIRE_CLASSPATH"));
        return path == null || path.isBlank()
                ? Optional.empty()
                : Optional.of(List.of(path.split(java.io.File.pathSeparator, -1)));
    }
}
