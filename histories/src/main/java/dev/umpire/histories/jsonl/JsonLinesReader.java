package dev.umpire.histories.jsonl;

import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.EventFields;
import dev.umpire.histories.internal.EventKeys;
import dev.umpire.histories.internal.EventReader;
import dev.umpire.histories.internal.EventSink;
import dev.umpire.histories.internal.Quotes;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON Lines: recordings of Umpire with header and trailer, and other people's lines without.
 *
 * <p>A recording of ours that was cut off is read as far as it goes; {@link #complete} and {@link #droppedBytes} say so.
 * A JSON array of events is read too.
 */
public final class JsonLinesReader {
    private static final String UMPIRE = "umpire";
    private static final int VERSION = 1;
    private static final List<String> HEADER_FIELDS = List.of("version", "nodes", "initial", "realTime");
    private static final List<String> TRAILER_FIELDS = List.of("events");

    private final TextScanner scanner;
    private final EventFields event;
    private final JsonReader reader;
    private final Syntax syntax;
    private final EventReader fields;
    private boolean headed;
    private boolean trailed;

    /** Whether the line that is being read has come to its closing bracket. */
    private boolean whole;

    private long events;
    private long droppedBytes;
    private List<String> nodes = List.of();
    private Value initial = Value.NIL;
    private boolean realTime = true;

    public JsonLinesReader(TextScanner scanner, ValueTable values) {
        this.scanner = scanner;
        this.event = new EventFields(values);
        this.reader = new JsonReader(scanner);
        this.syntax = new Syntax();
        this.fields = new EventReader(scanner, values, event, syntax);
    }

    /** False for a recording of ours without its trailer. */
    public boolean complete() {
        return trailed || !headed;
    }

    /** Bytes of a torn last line. */
    public long droppedBytes() {
        return droppedBytes;
    }

    /** The nodes that the header names. */
    public List<String> nodes() {
        return nodes;
    }

    /** The initial value that the header declares; nil otherwise. */
    public Value initial() {
        return initial;
    }

    /** Whether the order of events means anything between sessions: true unless the header denies it. */
    public boolean realTime() {
        return realTime;
    }

    /**
     * Reads everything.
     *
     * @throws MalformedHistoryException if the text is no such history, or the sink refuses an event
     */
    public void read(EventSink sink) throws IOException {
        int c = scanner.skipSpace();
        if (c == '[') {
            array(sink);
            c = scanner.skipSpace();
            if (c != TextScanner.END) {
                throw scanner.refused("found " + TextScanner.describe(c) + " after the history, expected end of file");
            }
            return;
        }
        while ((c = scanner.skipSpace()) != TextScanner.END) {
            if (trailed) {
                throw scanner.refused("found " + TextScanner.describe(c) + " after the end line, expected end of file");
            }
            long offset = scanner.offset();
            try {
                line(c, 0, sink);
            } catch (MalformedHistoryException refused) {
                if (!isTorn()) {
                    throw refused;
                }
                droppedBytes = scanner.offset() - offset;
                return;
            }
        }
    }

    /** Whether the text ended inside the line that is being read, as it does when a recorder is killed. */
    private boolean isTorn() throws IOException {
        return headed && !trailed && scanner.peek() == TextScanner.END && !whole && scanner.line() == event.line;
    }

    private void array(EventSink sink) throws IOException {
        JsonReader.Place began = new JsonReader.Place(scanner, "array");
        scanner.skip();
        if (scanner.skipSpace() == ']') {
            scanner.skip();
            return;
        }
        do {
            line(scanner.skipSpace(), 1, sink);
        } while (began.goesOn(']'));
    }

    private void line(int c, int depth, EventSink sink) throws IOException {
        whole = false;
        event.clear();
        event.line = scanner.line();
        event.column = scanner.column();
        if (c != '{') {
            String found = c == '"' || c == '[' || c == '-' || (c >= '0' && c <= '9')
                    ? Quotes.of(reader.read(depth, "an event").toString())
                    : TextScanner.describe(c);
            throw at("found " + found
                    + ", expected an event object such as {\"type\":\"invoke\",\"f\":\"read\",\"process\":0}");
        }
        scanner.skip();
        if (isOurs(depth)) {
            return;
        }
        whole = true;
        if (event.type == null) {
            throw at("found no \"type\", expected \"type\" in an event object (" + EventKeys.seen(event, "") + ")");
        }
        events++;
        sink.accept(event);
    }

    /** Reads the fields up to the closing bracket; true if they were those of a header or trailer. */
    private boolean isOurs(int depth) throws IOException {
        boolean first = true;
        int last = EventReader.START;
        while (true) {
            int field = fields.usual(last);
            if (field == EventReader.UNKNOWN) {
                int c = scanner.skipSpace();
                if (c == '}') {
                    scanner.skip();
                    return false;
                }
                JsonReader.Place began = new JsonReader.Place(scanner, "object", event.line, event.column);
                if (!first) {
                    if (c != ',') {
                        throw began.unexpected(c, "',' or '}'");
                    }
                    scanner.skip();
                }
                String name = reader.name(began);
                if (first && depth == 0 && name.equals(UMPIRE)) {
                    ourLine(began);
                    return true;
                }
                field = fields.named(name, last);
                if (field == EventReader.UNKNOWN) {
                    extra(name, reader.read(depth + 1, "a value for \"" + Quotes.of(name) + "\""));
                }
            }
            if (field != EventReader.UNKNOWN) {
                fields.read(field, depth + 1);
            }
            last = field == EventReader.UNKNOWN ? EventReader.AFTER_UNKNOWN : field;
            first = false;
        }
    }

    private MalformedHistoryException at(String problem) {
        return new MalformedHistoryException(scanner.source(), event.line, event.column, problem);
    }

    /** The header or the trailer, after its first key. */
    private void ourLine(JsonReader.Place began) throws IOException {
        Value kind = reader.read(1, "\"history\" or \"end\"");
        Map<Value, Value> rest = new LinkedHashMap<>();
        while (began.goesOn('}')) {
            String name = reader.name(began);
            rest.put(Value.of(name), reader.read(1, "a value for \"" + name + "\""));
        }
        whole = true;
        if (kind.equals(Value.of("history")) && !headed && events == 0) {
            header(rest);
        } else if (kind.equals(Value.of("end")) && headed) {
            trailer(rest);
        } else {
            throw at("found a line of Umpire's, \"" + Quotes.of(kind)
                    + "\", expected \"history\" in the first line and \"end\" in the last");
        }
    }

    private void header(Map<Value, Value> header) throws MalformedHistoryException {
        Value version = header.getOrDefault(Value.of("version"), Value.NIL);
        if (!version.equals(Value.of(VERSION))) {
            throw at("found format version " + Quotes.of(version) + ", expected " + VERSION);
        }
        requireKnown(header, HEADER_FIELDS);
        List<String> names = new ArrayList<>();
        Value named = header.getOrDefault(Value.of("nodes"), Value.of(List.of()));
        if (!(named instanceof Value.Sequence sequence)) {
            throw at("found " + Quotes.of(named) + " as nodes, expected an array of names");
        }
        for (Value node : sequence.elements()) {
            if (!(node instanceof Value.Text text)) {
                throw at("found the node " + Quotes.of(node) + ", expected a name in double quotes");
            }
            names.add(text.value());
        }
        Value ordered = header.getOrDefault(Value.of("realTime"), Value.of(true));
        if (!(ordered instanceof Value.Bool kept)) {
            throw at("found " + Quotes.of(ordered) + " as realTime, expected true or false");
        }
        nodes = List.copyOf(names);
        initial = header.getOrDefault(Value.of("initial"), Value.NIL);
        realTime = kept.value();
        headed = true;
    }

    /** A field that is passed over may be one that was meant: an {@code intial} value would be none. */
    private void requireKnown(Map<Value, Value> line, List<String> fields) throws MalformedHistoryException {
        for (Value name : line.keySet()) {
            if (!(name instanceof Value.Text text && fields.contains(text.value()))) {
                throw at("found the field " + Quotes.of(name) + ", expected one of " + String.join(", ", fields));
            }
        }
    }

    private void trailer(Map<Value, Value> trailer) throws MalformedHistoryException {
        requireKnown(trailer, TRAILER_FIELDS);
        Value count = trailer.getOrDefault(Value.of("events"), Value.NIL);
        if (!count.equals(Value.of(events))) {
            throw at("found " + events + " events before the end line, expected " + Quotes.of(count) + " as it says");
        }
        trailed = true;
    }

    private void extra(String name, Value value) throws MalformedHistoryException {
        Value key;
        try {
            key = JsonNames.read(name);
        } catch (MalformedHistoryException refused) {
            throw scanner.refused("in the EDN of a key: " + refused.problem());
        }
        if (!event.extra(key, value)) {
            throw syntax.twice(name);
        }
    }

    /** Fields as JSON writes them. */
    private final class Syntax implements EventReader.Syntax {

        @Override
        public Value read(int depth, String expected) throws IOException {
            return reader.read(depth, expected);
        }

        @Override
        public String beforeName() {
            return ",\"";
        }

        @Override
        public String afterName() {
            return "\":";
        }

        @Override
        public String quoted(String name) {
            return '"' + name + '"';
        }

        @Override
        public String joined(String name) {
            return " as \"" + name + '"';
        }

        @Override
        public @Nullable String word(Value value) {
            return value instanceof Value.Text text ? text.value() : null;
        }

        @Override
        public String expectedWord() {
            return "a string";
        }

        @Override
        public String expectedProcess() {
            return "a number or a string";
        }

        @Override
        public MalformedHistoryException noType(Value found, boolean second, long line, long column) {
            if (second) {
                return twice("type");
            }
            String quoted = found instanceof Value.Text ? '"' + Quotes.of(found) + '"' : Quotes.of(found);
            return new MalformedHistoryException(
                    scanner.source(),
                    line,
                    column,
                    "found " + quoted + " as \"type\", expected \"invoke\", \"ok\", \"fail\" or \"info\"");
        }

        @Override
        public MalformedHistoryException twice(String name) {
            return scanner.refused(
                    "found the key \"" + Quotes.of(name) + "\" twice in an event object, expected it once");
        }
    }
}
