package dev.umpire.histories;

import dev.umpire.histories.event.Event;
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
        throw new UnsupportedOperationException("not yet: " + events + options);
    }
}
