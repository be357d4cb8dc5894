package dev.umpire.checkers.knossos.child;

import dev.umpire.checkers.knossos.analysis.Algorithm;
import dev.umpire.checkers.knossos.analysis.Task;
import dev.umpire.checkers.linearizable.ObjectHistories;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.histories.History;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.event.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the other process is asked: a history in a file, and from which object on it is to be analysed.
 *
 * @param file the history as JSON Lines
 * @param independent whether its values are {@code [key value]} pairs
 * @param model the name of the model
 * @param operations how many operations the history has; the other process has to find as many
 * @param from the first object to be analysed
 * @param limitMillis for all objects from there on
 */
record Request(
        Path file,
        boolean independent,
        String model,
        NilReads nilReads,
        Algorithm algorithm,
        int operations,
        int from,
        long limitMillis) {

    static Request of(Task task, Path file, int from, long limitMillis) {
        return new Request(
                file,
                isIndependent(task.history()),
                task.objects().model().name(),
                task.options().nilReads(),
                task.algorithm(),
                task.history().size(),
                from,
                limitMillis);
    }

    /** Whether values were taken apart into keys and values when the history was read: the file has them whole. */
    private static boolean isIndependent(History history) {
        for (Event event : history.events()) {
            if (history.size() > 0
                    && event.function().isPresent()
                    && event.process().isPresent()) {
                boolean isFirst = event.process().get().equals(history.processName(history.process(0)));
                if (isFirst) {
                    return event.key().isEmpty()
                            && event.value().isPresent()
                            && !event.value().get().equals(history.value(history.argument(0)));
                }
            }
        }
        return false;
    }

    String line() {
        return Wire.empty()
                .with("history", file.toString())
                .with("independent", independent ? "yes" : "no")
                .with("model", model)
                .with("nil-reads", nilReads.name())
                .with("algorithm", algorithm.name())
                .with("operations", operations)
                .with("from", from)
                .with("limit", limitMillis)
                .line();
    }

    /** @throws IllegalArgumentException if the line is no request */
    static Request read(Wire line) {
        return new Request(
                Path.of(line.text("history")),
                line.text("independent").equals("yes"),
                line.text("model"),
                NilReads.valueOf(line.text("nil-reads")),
                Algorithm.valueOf(line.text("algorithm")),
                (int) line.number("operations"),
                (int) line.number("from"),
                line.number("limit"));
    }

    /** Reads the file. @throws IOException if that is not possible, or is not the history that was meant */
    Task task() throws IOException {
        ReadOptions reading =
                ReadOptions.DEFAULT.withKeys(independent ? ReadOptions.Keys.INDEPENDENT : ReadOptions.Keys.SINGLE);
        History history = History.read(file, reading);
        if (history.size() != operations) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s: found %d operations, expected %d (warnings: %s)",
                    file,
                    history.size(),
                    operations,
                    Arrays.toString(history.source().warnings().toArray())));
        }
        CheckOptions options = CheckOptions.DEFAULT.withModel(model).with(nilReads);
        return new Task(history, options, ObjectHistories.of(history, options), algorithm, Math.max(1, limitMillis));
    }
}
