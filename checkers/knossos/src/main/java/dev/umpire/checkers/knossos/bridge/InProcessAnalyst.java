package dev.umpire.checkers.knossos.bridge;

import dev.umpire.checkers.knossos.analysis.Analyst;
import dev.umpire.checkers.knossos.analysis.Finding;
import dev.umpire.checkers.knossos.analysis.Task;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Knossos in this process. A search that does not obey its limit goes on in a thread that nobody can end, and takes a core
 * and its memory; Clojure's own threads keep the process alive for a minute unless it ends with {@code System.exit}.
 */
public final class InProcessAnalyst implements Analyst {
    private final Bridge bridge;

    /** Loads Knossos. */
    public InProcessAnalyst() {
        this.bridge = Bridge.load();
    }

    @Override
    public Optional<String> analyse(Task task, Consumer<Finding> found) {
        long left = task.limitMillis();
        for (int object = 0; object < task.objects().count(); object++) {
            if (left <= 0) {
                return Optional.of("the time limit of " + task.limitMillis() + " ms was reached");
            }
            Finding finding = bridge.analyse(task, object, OptionalLong.of(task.shareMillis(object, left)));
            left -= finding.millis();
            found.accept(finding);
            if (Thread.currentThread().isInterrupted()) {
                return Optional.of("the check was interrupted");
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        // nothing to end: shutting Clojure's pools down would take them from everybody else in the process
    }
}
