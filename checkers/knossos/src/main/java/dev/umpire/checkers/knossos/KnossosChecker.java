package dev.umpire.checkers.knossos;

import dev.umpire.checkers.knossos.analysis.Analyst;
import dev.umpire.checkers.knossos.analysis.Finding;
import dev.umpire.checkers.knossos.analysis.Task;
import dev.umpire.checkers.knossos.child.ChildAnalyst;
import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.linearizable.ObjectHistories;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.CheckerUnavailableException;
import dev.umpire.checkers.verdict.OpenChecker;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Linearizable, judged by Knossos.
 *
 * <p><b>Definition.</b> As in {@link Linearizable}. Knossos takes a read of nil as a read whose result is not known;
 * here that is so only where {@link CheckOptions#nilReads} says it, else nil is given to it as another value.
 *
 * <p><b>Algorithm.</b> The history is taken apart as in {@link Linearizable}; each object is analysed by
 * {@code knossos.competition}, {@code knossos.wgl} or {@code knossos.linear}, exponential at worst and bounded by
 * {@link KnossosOptions#limitMillis}. Source: Kingsbury, github.com/jepsen-io/knossos; Lowe, <i>Testing for
 * linearizability</i>, 2017.
 *
 * <p><b>Witness.</b> Of each object that Knossos refuses: the operation that found no place, and the last that did. It is
 * not minimal; Knossos tells no fewer. Its configurations and paths are the details.
 *
 * <pre>
 * try (KnossosChecker knossos = KnossosChecker.open(KnossosOptions.DEFAULT)) {
 *     Verdict verdict = knossos.check(History.read(file), CheckOptions.DEFAULT);
 * }
 * </pre>
 *
 * <p>Used by one thread at a time.
 */
public final class KnossosChecker implements OpenChecker {
    private final KnossosOptions options;
    private final Analyst analyst;

    private KnossosChecker(KnossosOptions options, Analyst analyst) {
        this.options = options;
        this.analyst = analyst;
    }

    /**
     * Finds Knossos; in this process it is loaded too, which takes some seconds.
     *
     * @throws CheckerUnavailableException if it is not there, or cannot be loaded; the message says how to add it
     */
    public static KnossosChecker open(KnossosOptions options) throws CheckerUnavailableException {
        try (URLClassLoader all = Surroundings.beside(options.classPath())) {
            Surroundings.require(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!options.inProcess()) {
            return new KnossosChecker(options, new ChildAnalyst(options.heapMegabytes(), options.classPath()));
        }
        try {
            return new KnossosChecker(options, BridgeLoader.analyst(options.classPath()));
        } catch (IllegalStateException e) {
            throw new CheckerUnavailableException("--checker knossos: " + e.getMessage());
        }
    }

    @Override
    public Verdict check(History history, CheckOptions told) {
        return check(history, told, ObjectHistories.of(history, told));
    }

    /**
     * Judges with a model of one's own, in this process; another process knows the built-in ones only.
     *
     * @throws IllegalArgumentException if the model is not built in and Knossos is in another process
     */
    public Verdict check(History history, CheckOptions told, Model<?> model) {
        if (!options.inProcess()
                && Models.named(model.name()).filter(known -> known == model).isEmpty()) {
            throw new IllegalArgumentException("model: found " + model.name()
                    + ", which another process does not know, expected one of " + String.join(", ", Models.names())
                    + ", or Knossos in this process");
        }
        return check(history, told, ObjectHistories.of(history, told, model));
    }

    private Verdict check(History history, CheckOptions told, ObjectHistories objects) {
        Findings findings = new Findings(history, told, objects, algorithm(objects));
        if (objects.refusal().isPresent()) {
            return findings.undecided(objects.refusal().get());
        }
        if (findings.obliged() == 0) {
            return findings.undecided("vacuous: no operation had something to violate");
        }
        List<Finding> found = new ArrayList<>();
        Task task = new Task(history, told, objects, options.algorithm(), options.limitMillis());
        Optional<String> stopped = analyst.analyse(task, found::add);
        return findings.verdict(found, stopped);
    }

    private String algorithm(ObjectHistories objects) {
        return "model " + objects.model().name() + ": knossos "
                + options.algorithm().optionName()
                + (options.inProcess() ? " in this process" : " in a process of its own");
    }

    /** Kills the other process, if there is one. */
    @Override
    public void close() {
        analyst.close();
    }
}
