package dev.umpire.harness.cli;

import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.Runner;
import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.event.MalformedHistoryException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the histories that a command line names, and tells why one is refused. */
final class RecordedFiles {
    private final Surroundings surroundings;
    private final boolean verbose;
    private final Consumer<String> refusals;

    /** @param verbose whether a refusal is told with its stack trace */
    RecordedFiles(Surroundings surroundings, boolean verbose) {
        this(surroundings, verbose, unused -> {});
    }

    /** @param refusals takes why a file was refused, which is told in any case */
    RecordedFiles(Surroundings surroundings, boolean verbose, Consumer<String> refusals) {
        this.surroundings = surroundings;
        this.verbose = verbose;
        this.refusals = refusals;
    }

    /** The history of a file, of a report of etcd's robustness tests or of a run's folder, or of standard input ({@code -}); empty if it was refused, which is told. */
    Optional<History> read(String name, ReadOptions reading) {
        try {
            return Optional.of(History.read(file(name), reading));
        } catch (MalformedHistoryException e) {
            return refuse(String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            return refuse(name + ": found no such file, expected a history", e);
        } catch (AccessDeniedException e) {
            return refuse(name + ": found a file that may not be read, expected a history", e);
        } catch (IOException e) {
            return refuse(name + ": cannot be read: " + e.getMessage(), e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            return refuse(
                    name + ": reading it ran out of "
                            + (e instanceof OutOfMemoryError ? "memory" : "stack") + " with a heap of at most "
                            + Numbers.grouped(Runtime.getRuntime().maxMemory() / 1_000_000)
                            + " MB; give it more with UMPIRE_JAVA_OPTIONS=-Xmx4g",
                    e);
        } catch (RuntimeException e) {
            return refuse(name + ": reading it failed: " + e, e);
        }
    }

    private Path file(String name) {
        Path path = surroundings.directory().resolve(name.equals("-") ? "/dev/stdin" : name);
        Path recorded = path.resolve(Runner.HISTORY);
        return Files.isDirectory(path) && (Files.exists(recorded) || !HistoryFiles.isEtcdReport(path))
                ? recorded
                : path;
    }

    private Optional<History> refuse(String message, Throwable cause) {
        PrintStream err = surroundings.terminal().err();
        err.println(SafeText.visible(message));
        refusals.accept(message);
        if (verbose) {
            cause.printStackTrace(err);
        }
        return Optional.empty();
    }
}
