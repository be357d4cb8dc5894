package dev.umpire.histories;

import dev.umpire.histories.binary.BlockReader;
import dev.umpire.histories.edn.EdnHistoryReader;
import dev.umpire.histories.edn.EdnWriter;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.foreign.AwditText;
import dev.umpire.histories.foreign.DbcopJson;
import dev.umpire.histories.foreign.DbcopText;
import dev.umpire.histories.foreign.EtcdOperations;
import dev.umpire.histories.foreign.PlumeText;
import dev.umpire.histories.foreign.SessionTransactions;
import dev.umpire.histories.internal.Quotes;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.internal.Utf8Bytes;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.jsonl.JsonArrayWriter;
import dev.umpire.histories.jsonl.JsonLinesReader;
import dev.umpire.histories.jsonl.JsonLinesWriter;
import dev.umpire.histories.logs.JepsenLogReader;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Detects the format of a file and reads or writes it. */
public final class HistoryFiles {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int FIRST_BYTES = 8;
    private static final String ETCD_FILE = "operations.json";
    private static final Pattern CLIENT = Pattern.compile("client-[0-9]{1,18}");
    private static final RecordingHeader NO_HEADER = new RecordingHeader(List.of(), Value.NIL);

    private HistoryFiles() {}

    /**
     * Reads a file of any known format, or the folder of a report of etcd's robustness tests.
     *
     * @throws MalformedHistoryException if the content is refused
     * @throws IOException if the file cannot be read
     */
    public static History read(Path file, ReadOptions options) throws IOException {
        if (Files.isDirectory(file)) {
            return etcd(file, options);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString(), options, Files.size(file));
        }
    }

    /**
     * Reads a history of any known format to its end; the caller closes the stream.
     *
     * @param name what it is called in messages
     * @throws MalformedHistoryException if the content is refused
     * @throws IOException if the stream cannot be read
     */
    public static History read(InputStream in, String name, ReadOptions options) throws IOException {
        return read(in, name, options, 0);
    }

    /** @param length how many bytes there are; 0 if that is not known */
    private static History read(InputStream in, String name, ReadOptions options, long length) throws IOException {
        PushbackInputStream again = new PushbackInputStream(in, FIRST_BYTES);
        byte[] first = again.readNBytes(FIRST_BYTES);
        again.unread(first);
        ColumnarHistory history = BlockReader.isStart(first)
                ? BinaryReader.read(again, name, options, length)
                : readText(again, name, options);
        return WritesBeforeReads.of(history, options);
    }

    private static ColumnarHistory readText(InputStream in, String name, ReadOptions options) throws IOException {
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
            case ETCD -> {
                EtcdOperations operations = new EtcdOperations();
                operations.read(scanner, Optional.empty());
                operations.hand(values, builder);
                return builder.finish("etcd", true, 0, NO_HEADER);
            }
            case DBCOP_JSON -> {
                return sessions("dbcop-json", DbcopJson.read(scanner), values, builder);
            }
            case DBCOP_TEXT -> {
                return sessions("dbcop", DbcopText.read(scanner), values, builder);
            }
            case PLUME -> {
                return sessions("plume", PlumeText.read(scanner), values, builder);
            }
            case AWDIT -> {
                return sessions("awdit", AwditText.read(scanner), values, builder);
            }
            default -> {
                new JepsenLogReader(scanner, values).read(builder);
                return builder.finish("jepsen-log", true, 0, NO_HEADER);
            }
        }
    }

    private static ColumnarHistory sessions(
            String format, SessionTransactions sessions, ValueTable values, HistoryBuilder builder)
            throws MalformedHistoryException {
        sessions.hand(values, builder);
        return builder.finish(format, true, 0, new RecordingHeader(List.of(), sessions.initial(), false));
    }

    /** What etcd's robustness tests leave behind: {@code client-N/operations.json} in one folder. */
    private static History etcd(Path folder, ReadOptions options) throws IOException {
        ValueTable values = new ValueTable();
        HistoryBuilder builder = new HistoryBuilder(options, values, folder.toString(), new Warnings("line"));
        EtcdOperations operations = new EtcdOperations();
        List<Path> clients = clients(folder);
        if (clients.isEmpty()) {
            throw new MalformedHistoryException(
                    folder.toString(),
                    1,
                    1,
                    "found a folder without client-N/" + ETCD_FILE + ", expected a file, or the"
                            + " folder of a report of etcd's robustness tests");
        }
        for (Path client : clients) {
            Path file = client.resolve(ETCD_FILE);
            try (InputStream in = Files.newInputStream(file)) {
                operations.read(new TextScanner(in, file.toString()), Optional.of(Value.of(number(client))));
            }
        }
        operations.hand(values, builder);
        return builder.finish("etcd", true, 0, NO_HEADER);
    }

    /** Whether a folder holds {@code client-N/operations.json}, as reports of etcd's robustness tests do. */
    public static boolean isEtcdReport(Path folder) {
        try {
            return Files.isDirectory(folder) && !clients(folder).isEmpty();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static List<Path> clients(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(client ->
                            CLIENT.matcher(client.getFileName().toString()).matches())
                    .filter(client -> Files.isRegularFile(client.resolve(ETCD_FILE)))
                    .sorted(Comparator.comparing((Path client) -> number(client)))
                    .toList();
        }
    }

    private static long number(Path client) {
        return Long.parseLong(client.getFileName().toString().substring("client-".length()));
    }

    /**
     * Writes a history; an existing file is replaced.
     *
     * @throws IllegalArgumentException if a keyword or symbol has a name that EDN cannot say, or the history something that the
     *     format cannot say at all; what is merely left out, {@link #losses} tells
     */
    public static void write(History history, Path file, HistoryFormat format) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(history, out, format);
        }
    }

    /** As {@link #write(History, Path, HistoryFormat)}; the caller closes the stream. */
    public static void write(History history, OutputStream out, HistoryFormat format) throws IOException {
        Utf8Bytes bytes = new Utf8Bytes();
        if (format == HistoryFormat.BINARY) {
            BinaryWriter.write(history, out);
            return;
        }
        if (format.isOfSessions()) {
            SessionTransactions sessions = SessionsOfHistory.of(history, format).sessions();
            switch (format) {
                case DBCOP -> DbcopText.write(sessions, bytes);
                case DBCOP_JSON -> DbcopJson.write(sessions, bytes);
                case PLUME -> PlumeText.write(sessions, bytes);
                default -> AwditText.write(sessions, bytes);
            }
            bytes.writeTo(out);
            return;
        }
        JsonLinesWriter json = new JsonLinesWriter(bytes);
        JsonArrayWriter array = new JsonArrayWriter(bytes);
        EdnWriter edn = new EdnWriter(bytes);
        if (format == HistoryFormat.JSONL) {
            json.header(history.nodes(), history.value(history.initialValue()), history.realTime());
        }
        for (Event event : history.events()) {
            switch (format) {
                case JSONL -> json.write(event);
                case JSON -> array.write(event);
                default -> edn.write(event);
            }
            if (bytes.size() > CHUNK_BYTES) {
                bytes.writeTo(out);
            }
        }
        if (format == HistoryFormat.JSONL) {
            json.trailer(history.eventCount());
        } else if (format == HistoryFormat.JSON) {
            array.end();
        }
        bytes.writeTo(out);
    }

    /** An event as a line of JSON Lines, without the end of the line. */
    public static String line(Event event) {
        Utf8Bytes line = new Utf8Bytes();
        new JsonLinesWriter(line).write(event);
        return line.toString().stripTrailing();
    }

    /**
     * What a history holds and a format cannot say, so that it is missing from a file that {@link #write} makes: a phrase each,
     * such as "faults"; empty where nothing is lost.
     *
     * @throws IllegalArgumentException if the history cannot be written in that format at all
     */
    public static List<String> losses(History history, HistoryFormat format) {
        if (format.isOfSessions()) {
            return SessionsOfHistory.of(history, format).losses();
        }
        List<String> losses = new ArrayList<>();
        if (format != HistoryFormat.JSONL && format != HistoryFormat.BINARY) {
            if (!history.value(history.initialValue()).isNil()) {
                losses.add("the initial value, " + Quotes.of(history.value(history.initialValue())));
            }
            List<String> silent = new ArrayList<>(history.nodes());
            for (int node = 0; node < history.nodeCount(); node++) {
                silent.remove(history.nodeName(node));
            }
            if (!silent.isEmpty()) {
                losses.add("nodes that no event names: " + String.join(", ", silent));
            }
            if (!history.realTime()) {
                losses.add("that the order between sessions means nothing");
            }
        }
        if (format == HistoryFormat.JSON && saysKeyword(history)) {
            losses.add("the difference between keywords and strings");
        }
        return losses;
    }

    /** Whether any event says a keyword; names of fields are none, as a reader knows them again. */
    private static boolean saysKeyword(History history) {
        for (Event event : history.events()) {
            boolean found = Stream.of(event.process(), event.session(), event.key(), event.value(), event.error())
                    .flatMap(Optional::stream)
                    .anyMatch(HistoryFiles::saysKeyword);
            if (found || event.extras().values().stream().anyMatch(HistoryFiles::saysKeyword)) {
                return true;
            }
        }
        return false;
    }

    private static boolean saysKeyword(Value value) {
        if (value instanceof Value.Sequence sequence) {
            return sequence.elements().stream().anyMatch(HistoryFiles::saysKeyword);
        }
        if (value instanceof Value.MapOf map) {
            return map.entries().entrySet().stream()
                    .anyMatch(entry -> saysKeyword(entry.getKey()) || saysKeyword(entry.getValue()));
        }
        return value instanceof Value.Keyword;
    }

    static History of(List<Event> events, ReadOptions options) {
        ValueTable values = new ValueTable();
        HistoryBuilder builder = new HistoryBuilder(options, values, "memory", new Warnings("event"));
        try {
            builder.acceptAll(events);
            return builder.finish("memory", true, 0, NO_HEADER);
        } catch (MalformedHistoryException refused) {
            throw new IllegalArgumentException("event " + refused.line() + ": " + refused.problem(), refused);
        }
    }
}
