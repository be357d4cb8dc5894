package dev.umpire.checkers.knossos.bridge;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.Keyword;
import clojure.lang.RT;
import dev.umpire.checkers.knossos.analysis.Algorithm;

/** The names of Knossos that are called, looked up when it was loaded. */
final class KnossosNames {
    /** Clojure's {@code require} is not thread-safe. */
    private static final Object LOADING = new Object();

    static final Keyword PROCESS = Keyword.intern("process");
    static final Keyword TYPE = Keyword.intern("type");
    static final Keyword FUNCTION = Keyword.intern("f");
    static final Keyword VALUE = Keyword.intern("value");
    static final Keyword INDEX = Keyword.intern("index");

    private KnossosNames() {}

    /** Loads Knossos from source or classes, once a process: some seconds. Throws whatever loading throws. */
    static void load() {
        synchronized (LOADING) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            // Clojure looks for sources where the thread's context says, which need not be where Clojure itself was
            // found
            thread.setContextClassLoader(KnossosNames.class.getClassLoader());
            try {
                IFn require = Clojure.var("clojure.core", "require");
                require.invoke(Clojure.read("knossos.model"));
                for (Algorithm algorithm : Algorithm.values()) {
                    require.invoke(Clojure.read(algorithm.namespace()));
                }
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    /** {@code (analysis model history opts)} of an algorithm. */
    static IFn analysis(Algorithm algorithm) {
        return Clojure.var(algorithm.namespace(), "analysis");
    }

    /** A function of {@code knossos.model}. */
    static IFn ofModel(String name) {
        return Clojure.var("knossos.model", name);
    }

    /** The interface of models, which exists only once Knossos is loaded. */
    static Class<?> modelInterface() {
        return RT.classForName("knossos.model.Model");
    }
}
