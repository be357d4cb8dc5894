package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.internal.Utf8Bytes;
import dev.umpire.histories.jsonl.JsonLinesWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A recording in a file: whole lines go to the operating system in pieces. */
final class FileRecorder implements HistoryRecorder {
    private static final int MAX_WAITING_EVENTS = 1_000;
    private static final int MAX_WAITING_BYTES = 1 << 16;

    private final OutputStream file;
    private final Utf8Bytes waiting = new Utf8Bytes();
    private final JsonLinesWriter writer = new JsonLinesWriter(waiting);
    private long events;
    private int waitingEvents;
    private boolean closed;
    private @Nullable IOException failure;

    FileRecorder(Path path, RecordingHeader header) throws IOException {
        writer.header(header.nodes(), header.initial(), header.realTime());
        file = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            hand();
        } catch (IOException refused) {
            file.close();
            throw refused;
        }
    }

    @Override
    public synchronized long append(Event event) throws IOException {
        if (closed) {
            throw new IllegalStateException("found a closed recorder, expected an open one to append to");
        }
        refuseAfterFailure();
        int before = waiting.size();
        try {
            writer.write(event, OptionalLong.of(events));
        } catch (IllegalArgumentException unwritable) {
            waiting.truncate(before);
            throw unwritable;
        }
        if (++waitingEvents >= MAX_WAITING_EVENTS || waiting.size() >= MAX_WAITING_BYTES) {
            hand();
        }
        return events++;
    }

    @Override
    public synchronized void flush() throws IOException {
        if (!closed) {
            refuseAfterFailure();
            hand();
        }
    }

    @Override
    public synchronized void interrupt() throws IOException {
        end(false);
    }

    @Override
    public synchronized void close() throws IOException {
        end(true);
    }

    private void end(boolean whole) throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            if (failure == null) {
                if (whole) {
                    writer.trailer(events);
                }
                hand();
            }
        }
    }

    private void hand() throws IOException {
        try {
            waiting.writeTo(file);
            waitingEvents = 0;
        } catch (IOException refused) {
            failure = refused;
            throw refused;
        }
    }

    /** Half a line may stand in the file: whatever came after it would be lost with it. */
    private void refuseAfterFailure() throws IOException {
        if (failure != null) {
            throw new IOException("found a recording that could not be written, expected no more events", failure);
        }
    }
}
