package dev.umpire.checkers.knossos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.History;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whoever has Clojure nowhere but on the class path that he names, as a user of the command line does. */
class WithoutClojureTest {

    /** What runs there. */
    public static final class Asked implements Function<List<String>, String> {
        @Override
        public String apply(List<String> classPath) {
            KnossosOptions options = KnossosOptions.DEFAULT.withInProcess(true).withClassPath(classPath);
            try (KnossosChecker knossos = KnossosChecker.open(options)) {
                History history = History.parse("""
                        {:process 0, :type :invoke, :f :enqueue, :value 1}
                        {:process 0, :type :ok, :f :enqueue, :value 1}
                        {:process 0, :type :invoke, :f :dequeue}
                        {:process 0, :type :ok, :f :dequeue, :value 1}
                        """);
                return knossos.check(history, CheckOptions.DEFAULT.withModel("fifo-queue"))
                        .toString();
            } catch (Exception e) {
                return e.toString();
            }
        }
    }

    @Test
    void clojureIsLoadedFromThereToo() throws Exception {
        List<URL> ours = new ArrayList<>();
        List<String> named = new ArrayList<>(StandIn.classPath());
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String name = Path.of(part).getFileName().toString();
            if (name.matches("(clojure|spec\\.alpha|core\\.specs\\.alpha)-.*\\.jar")) {
                named.add(part);
            } else {
                ours.add(Path.of(part).toUri().toURL());
            }
        }
        assertThat(named).as("Clojure's jars").hasSizeGreaterThan(1);
        try (URLClassLoader loader =
                new URLClassLoader(ours.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            @SuppressWarnings("unchecked")
            Function<List<String>, String> asked = (Function<List<String>, String>)
                    loader.loadClass(Asked.class.getName()).getConstructor().newInstance();

            assertThat(asked.apply(named)).contains("answer=VALID");
        }
    }
}
