package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes a recording while it happens, one event after another; thread-safe.
 *
 * <p>The file is append-only JSON Lines: what was recorded before the process was killed is readable, except for a torn
 * last line. Events reach the operating system at every {@link #flush()} and at least every thousand events.
 */
public interface HistoryRecorder extends AutoCloseable {

    /**
     * Begins a recording; its header is with the operating system when this returns.
     *
     * @param file must not exist
     * @param header what the recording says of itself: nodes, initial value; no wall-clock time
     * @throws java.nio.file.FileAlreadyExistsException if the file exists
     */
    static HistoryRecorder open(Path file, RecordingHeader header) throws IOException {
        return new FileRecorder(file, header);
    }

    /**
     * Appends an event; its {@code index} is given by the recorder. Returns that index.
     *
     * @throws IllegalArgumentException if the event holds what cannot be written; nothing is appended then
     * @throws IllegalStateException if the recorder is closed
     * @throws IOException if the file cannot be written, now or at an earlier call: then nothing more is recorded
     */
    long append(Event event) throws IOException;

    /** Hands what was appended to the operating system. */
    void flush() throws IOException;

    /**
     * Closes without the trailer, so that whoever reads the recording sees that it was interrupted: what is recorded is not all that
     * was to be. Afterwards nothing can be appended. Closing again does nothing.
     */
    void interrupt() throws IOException;

    /** Writes the trailer and closes; afterwards nothing can be appended. Closing again does nothing. */
    @Override
    void close() throws IOException;
}
