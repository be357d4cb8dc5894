package dev.umpire.checkers.knossos;

import dev.umpire.checkers.verdict.CheckerUnavailableException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Knossos stands on, whether it is there, and how to add it. */
final class Surroundings {
    private static final String FROM_CLOJARS = "Clojars (https://repo.clojars.org)";
    private static final String FROM_CENTRAL = "Maven Central";

    /** A library by its coordinates, and a Clojure namespace, or a class, that only it has. */
    private record Library(String coordinates, String from, String namespace) {
        boolean isIn(ClassLoader loader) {
            return loader.getResource(namespace + ".clj") != null
                    || loader.getResource(namespace + "__init.class") != null
                    || loader.getResource(namespace + ".class") != null;
        }
    }

    private static final List<Library> LIBRARIES = List.of(
            new Library("knossos:knossos:0.3.15", FROM_CLOJARS, "knossos/competition"),
            new Library("potemkin:potemkin:0.4.9", FROM_CLOJARS, "potemkin"),
            new Library("riddley:riddley:0.2.2", FROM_CLOJARS, "riddley/walk"),
            new Library("slingshot:slingshot:0.12.2", FROM_CLOJARS, "slingshot/slingshot"),
            new Library("metametadata:multiset:0.1.1", FROM_CLOJARS, "multiset/core"),
            new Library("org.clojure:clojure:1.12.6", FROM_CENTRAL, "clojure/core"),
            new Library("org.clojure:spec.alpha:0.5.238", FROM_CENTRAL, "clojure/spec/alpha"),
            new Library("org.clojure:core.specs.alpha:0.4.74", FROM_CENTRAL, "clojure/core/specs/alpha"),
            new Library("org.clojure:math.combinatorics:0.3.0", FROM_CENTRAL, "clojure/math/combinatorics"),
            new Library("org.clojure:tools.logging:1.3.0", FROM_CENTRAL, "clojure/tools/logging"),
            new Library(
                    "com.boundary:high-scale-lib:1.0.6", FROM_CENTRAL, "org/cliffc/high_scale_lib/NonBlockingHashMap"));

    private static final Library KNOSSOS = LIBRARIES.get(0);
    private static final Library CLOJURE = LIBRARIES.get(5);

    private Surroundings() {}

    /**
     * Refuses a class path on which Knossos or Clojure is missing.
     *
     * @param loader sees all that will be there
     */
    static void require(ClassLoader loader) throws CheckerUnavailableException {
        if (!KNOSSOS.isIn(loader) || !CLOJURE.isIn(loader)) {
            throw new CheckerUnavailableException(howToAdd(loader));
        }
    }

    private static String howToAdd(ClassLoader loader) {
        List<String> clojars = missing(loader, FROM_CLOJARS);
        List<String> central = missing(loader, FROM_CENTRAL);
        StringBuilder text = new StringBuilder("--checker knossos: found no ")
                .append(KNOSSOS.isIn(loader) ? "Clojure" : "Knossos")
                .append(
                        " on the class path. Add it with --classpath JARS or in the variable UMPIRE_CLASSPATH.\nMissing");
        if (!clojars.isEmpty()) {
            text.append("\n  from ").append(FROM_CLOJARS).append(": ").append(String.join(" ", clojars));
        }
        if (!central.isEmpty()) {
            text.append("\n  from ").append(FROM_CENTRAL).append(": ").append(String.join(" ", central));
        }
        return text.append("\nWith the Clojure command line:")
                .append(
                        "\n  export UMPIRE_CLASSPATH=$(clojure -Spath -Sdeps '{:deps {knossos/knossos {:mvn/version \"0.3.15\"}}}')")
                .append("\nwith Leiningen, in any project with [knossos \"0.3.15\"] or jepsen among its dependencies:")
                .append("\n  export UMPIRE_CLASSPATH=$(lein classpath)")
                .toString();
    }

    private static List<String> missing(ClassLoader loader, String from) {
        return LIBRARIES.stream()
                .filter(library -> library.from().equals(from) && !library.isIn(loader))
                .map(Library::coordinates)
                .toList();
    }

    static URL[] urls(List<String> classPath) {
        List<URL> urls = new ArrayList<>();
        for (String part : classPath) {
            try {
                urls.add(Path.of(part).toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException("classPath: found " + part + ", expected a jar or a folder", e);
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** A loader that sees the class path beside our own. */
    static URLClassLoader beside(List<String> classPath) {
        return new URLClassLoader(urls(classPath), Surroundings.class.getClassLoader());
    }
}
