package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.EventFields;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Detects the format of a file and reads or writes it. */
public final class HistoryFiles {
    private HistoryFiles() {}

    /** Reads a file of any known format. */
    public static History read(Path file, ReadOptions options) throws IOException {
        throw new UnsupportedOperationException("not yet: " + file + options);
    }

    static History of(List<Event> events, ReadOptions options) {
        ValueTable values = new ValueTable();
        HistoryBuilder builder = new HistoryBuilder(options, values, "memory", new Warnings("event"));
        EventFields fields = new EventFields(values);
        try {
            long number = 0;
            for (Event event : events) {
                fields.set(event);
                fields.line = number++;
                fields.column = 1;
                builder.accept(fields);
            }
            return builder.finish("memory", true, 0, new RecordingHeader(List.of(), Value.NIL));
        } catch (MalformedHistoryException refused) {
            throw new IllegalArgumentException("event " + refused.line() + ": " + refused.problem(), refused);
        }
    }
}
