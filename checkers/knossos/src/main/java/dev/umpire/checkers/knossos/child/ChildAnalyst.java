package dev.umpire.checkers.knossos.child;

import dev.umpire.checkers.knossos.analysis.Analyst;
import dev.umpire.checkers.knossos.analysis.Finding;
import dev.umpire.checkers.knossos.analysis.Task;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.HistoryFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks Knossos in another process, and starts a new one whenever the old one is spent. The last is killed at the end. */
public final class ChildAnalyst implements Analyst {
    /** Loading Knossos from source took 4 to 25 s where it was measured. */
    private static final long LOADING_MILLIS = 180_000;
    /** What the other process may take beyond a limit before it is killed from here. */
    private static final long GRACE_MILLIS = 5_000;

    private final long heapMegabytes;
    private final List<String> classPath;
    private @Nullable Child child;

    /**
     * Nothing is started yet.
     *
     * @param heapMegabytes heap of the other process; 0: what its JVM takes by itself
     * @param classPath jars and folders with Clojure and Knossos
     */
    public ChildAnalyst(long heapMegabytes, List<String> classPath) {
        this.heapMegabytes = heapMegabytes;
        this.classPath = List.copyOf(classPath);
    }

    @Override
    public Optional<String> analyse(Task task, Consumer<Finding> found) {
        Path file = null;
        boolean finished = false;
        try {
            file = Files.createTempFile("umpire-knossos", ".jsonl");
            HistoryFiles.write(task.history(), file, HistoryFormat.JSONL);
            Optional<String> stopped = analyse(task, file, found);
            finished = true;
            return stopped;
        } catch (IOException e) {
            return Optional.of("the process of Knossos cannot be used: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the check was interrupted");
        } finally {
            if (!finished) {
                close();
            }
            delete(file);
        }
    }

    private Optional<String> analyse(Task task, Path file, Consumer<Finding> found)
            throws IOException, InterruptedException {
        int next = 0;
        long left = task.limitMillis();
        while (next < task.objects().count()) {
            if (left <= 0) {
                return Optional.of("the time limit of " + task.limitMillis() + " ms was reached");
            }
            Optional<String> failed = start();
            if (failed.isPresent()) {
                return failed;
            }
            Child running = running();
            running.ask(Request.of(task, file, next, left).line());
            boolean goesOn = true;
            // reading the history is not part of the limit
            long patience = LOADING_MILLIS;
            while (goesOn) {
                Optional<Wire> line = running.next(patience);
                patience = left + GRACE_MILLIS;
                Optional<Finding> finding = line.flatMap(Wire::finding);
                if (finding.isPresent()) {
                    found.accept(finding.get());
                    left -= finding.get().millis();
                    next = finding.get().object() + 1;
                } else if (line.isPresent() && line.get().isState(Wire.FAILED)) {
                    close();
                    return Optional.of(line.get().text("text"));
                } else if (line.isPresent() && line.get().isState(Wire.DONE)) {
                    goesOn = false;
                } else if (line.isEmpty() || line.get().isState(Wire.SPENT)) {
                    if (line.isEmpty()) {
                        found.accept(Finding.unknown(next, running.ending(), 0));
                        next++;
                    }
                    goesOn = false;
                    close();
                }
            }
        }
        return Optional.empty();
    }

    private Child running() {
        if (child == null) {
            throw new IllegalStateException("found no process, expected one that was started");
        }
        return child;
    }

    /** Starts a process where none runs, and waits until it has loaded Knossos; tells what went wrong. */
    private Optional<String> start() throws IOException, InterruptedException {
        if (child != null && child.isAlive()) {
            return Optional.empty();
        }
        child = Child.start(heapMegabytes, classPath);
        Optional<Wire> line = child.next(LOADING_MILLIS);
        if (line.isPresent() && line.get().isState(Wire.READY)) {
            return Optional.empty();
        }
        String failed =
                line.isPresent() && line.get().isState(Wire.FAILED) ? line.get().text("text") : child.ending();
        close();
        return Optional.of(failed);
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // a file in the folder for temporary ones is left
            }
        }
    }

    @Override
    public void close() {
        if (child != null) {
            child.kill();
            child = null;
        }
    }
}
