package dev.umpire.histories;

import dev.umpire.histories.edn.EdnHistoryReader;
import dev.umpire.histories.edn.EdnWriter;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.EventFields;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.internal.Utf8Bytes;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.jsonl.JsonLinesReader;
import dev.umpire.histories.jsonl.JsonLinesWriter;
import dev.umpire.histories.logs.JepsenLogReader;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Detects the format of a file and reads or writes it. */
public final class HistoryFiles {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final RecordingHeader NO_HEADER = new RecordingHeader(List.of(), Value.NIL);

    private HistoryFiles() {}

    /**
     * Reads a file of any known format.
     *
     * @throws MalformedHistoryException if the content is refused
     * @throws IOException if the file cannot be read
     */
    public static History read(Path file, ReadOptions options) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString(), options);
        }
    }

    /**
     * Reads a text of any known format to its end; the caller closes the stream.
     *
     * @param name what the text is called in messages
     * @throws MalformedHistoryException if the content is refused
     * @throws IOException if the stream cannot be read
     */
    public static History read(InputStream in, String name, ReadOptions options) throws IOException {
        TextScanner scanner = new TextScanner(in, name);
        ValueTable values = new ValueTable();
        HistoryBuilder builder = new HistoryBuilder(options, values, name, new Warnings("line"));
        switch (DetectedFormat.of(scanner)) {
            case JSONL -> {
                JsonLinesReader reader = new JsonLinesReader(scanner, values);
                reader.read(builder);
                return builder.finish(
                        "jsonl",
                        reader.complete(),
                        reader.droppedBytes(),
                        new RecordingHeader(reader.nodes(), reader.initial(), reader.realTime()));
            }
            case EDN -> {
                new EdnHistoryReader(scanner, values).read(builder);
                return builder.finish("edn", true, 0, NO_HEADER);
            }
            default -> {
                new JepsenLogReader(scanner, values).read(builder);
                return builder.finish("jepsen-log", true, 0, NO_HEADER);
            }
        }
    }

    /**
     * Writes a history; an existing file is replaced.
     *
     * @throws IllegalArgumentException if a keyword or symbol has a name that EDN cannot say
     */
    public static void write(History history, Path file, HistoryFormat format) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(history, out, format);
        }
    }

    /** As {@link #write(History, Path, HistoryFormat)}; the caller closes the stream. */
    public static void write(History history, OutputStream out, HistoryFormat format) throws IOException {
        Utf8Bytes bytes = new Utf8Bytes();
        JsonLinesWriter json = new JsonLinesWriter(bytes);
        EdnWriter edn = new EdnWriter(bytes);
        if (format == HistoryFormat.JSONL) {
            json.header(history.nodes(), history.value(history.initialValue()), history.realTime());
        }
        for (Event event : history.events()) {
            if (format == HistoryFormat.JSONL) {
                json.write(event);
            } else {
                edn.write(event);
            }
            if (bytes.size() > CHUNK_BYTES) {
                bytes.writeTo(out);
            }
        }
        if (format == HistoryFormat.JSONL) {
            json.trailer(history.eventCount());
        }
        bytes.writeTo(out);
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
            return builder.finish("memory", true, 0, NO_HEADER);
        } catch (MalformedHistoryException refused) {
            throw new IllegalArgumentException("event " + refused.line() + ": " + refused.problem(), refused);
        }
    }
}
