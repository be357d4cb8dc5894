package dev.umpire.checkers.knossos;

import dev.umpire.checkers.knossos.analysis.Analyst;
import dev.umpire.checkers.knossos.analysis.Finding;
import dev.umpire.checkers.knossos.analysis.Task;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Loads the bridge where Clojure is: its classes name Clojure's, so that they must be loaded by whoever sees Clojure, not by
 * whoever loaded this class. Everything else comes from there.
 */
final class BridgeLoader extends URLClassLoader {
    private static final String BRIDGE = "dev.umpire.checkers.knossos.bridge.";

    private BridgeLoader(List<String> classPath, ClassLoader parent) {
        super(Surroundings.urls(classPath), parent);
    }

    /** Loads Knossos into this process. The loader stays open as long as the analyst lives. */
    static Analyst analyst(List<String> classPath) {
        BridgeLoader loader = new BridgeLoader(classPath, BridgeLoader.class.getClassLoader());
        Analyst analyst = loader.inContext(loader::load);
        return new Analyst() {
            @Override
            public Optional<String> analyse(Task task, Consumer<Finding> found) {
                return loader.inContext(() -> analyst.analyse(task, found));
            }

            @Override
            public void close() {
                analyst.close();
            }
        };
    }

    /** Clojure looks for its own sources, too, where the thread's context says. */
    private <T> T inContext(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(this);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Analyst load() {
        try {
            return loadClass(BRIDGE + "InProcessAnalyst")
                    .asSubclass(Analyst.class)
                    .getConstructor()
                    .newInstance();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalStateException failed) {
                throw failed;
            }
            throw new IllegalStateException("Knossos cannot be loaded: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the bridge to Knossos cannot be loaded: " + e, e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(BRIDGE)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        String resource = name.replace('.', '/') + ".class";
        try (InputStream in = getParent().getResourceAsStream(resource)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
