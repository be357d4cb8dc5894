package dev.umpire.histories.jsonl;

import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.EventFields;
import dev.umpire.histories.internal.EventKeys;
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

/**
 * Reads JSON Lines: recordings of Umpire with header and trailer, and other people's lines without.
 *
 * <p>A recording of ours that was cut off is read as far as it goes; {@link #complete} and {@link #droppedBytes} say so.
 * A JSON array of events is read too.
 */
public final class JsonLinesReader {
    private static final String UMPIRE = "umpire";
    private static final int VERSION = 1;

    private static final String NODE = "node";

    private final TextScanner scanner;
    private final ValueTable values;
    private final EventFields event;
    private final JsonReader reader;
    private boolean headed;
    private boolean trailed;

    /** Whether the line that is being read has come to its closing bracket. */
    private boolean whole;

    private long events;
    private long droppedBytes;
    private List<String> nodes = List.of();
    private Value initial = Value.NIL;

    public JsonLinesReader(TextScanner scanner, ValueTable values) {
        this.scanner = scanner;
        this.values = values;
        this.event = new EventFields(values);
        this.reader = new JsonReader(scanner);
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
        JsonReader.Place began = new JsonReader.Place(scanner, "object");
        scanner.skip();
        if (scanner.skipSpace() == '}') {
            scanner.skip();
        } else {
            boolean first = true;
            do {
                String name = reader.name(began);
                if (first && depth == 0 && name.equals(UMPIRE)) {
                    ourLine(began);
                    return;
                }
                first = false;
                field(name, depth + 1);
            } while (began.goesOn('}'));
        }
        whole = true;
        if (event.type == null) {
            throw at("found no \"type\", expected \"type\" in an event object (" + EventKeys.seen(event, "") + ")");
        }
        events++;
        sink.accept(event);
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
        nodes = List.copyOf(names);
        initial = header.getOrDefault(Value.of("initial"), Value.NIL);
        headed = true;
    }

    private void trailer(Map<Value, Value> trailer) throws MalformedHistoryException {
        Value count = trailer.getOrDefault(Value.of("events"), Value.NIL);
        if (!count.equals(Value.of(events))) {
            throw at("found " + events + " events before the end line, expected " + Quotes.of(count) + " as it says");
        }
        trailed = true;
    }

    private void field(String name, int depth) throws IOException {
        switch (name) {
            case "index" -> event.index = number(name, event.index, depth);
            case "time" -> event.time = number(name, event.time, depth);
            case "type" -> type(depth);
            case "process" -> event.process = process(name, event.process, depth);
            case "session" -> event.session = named(name, event.session, depth);
            case NODE -> event.node = word(name, event.node, depth);
            case "f" -> event.function = word(name, event.function, depth);
            case "key" -> event.key = named(name, event.key, depth);
            case "value" -> event.value = id(name, event.value, depth);
            case "version" -> event.version = number(name, event.version, depth);
            case "position" -> event.position = number(name, event.position, depth);
            case "asOf" -> event.asOf = number(name, event.asOf, depth);
            case "phase" -> event.phase = word(name, event.phase, depth);
            case "error" -> event.error = id(name, event.error, depth);
            default -> extra(name, reader.read(depth, "a value for \"" + Quotes.of(name) + "\""));
        }
    }

    private void extra(String name, Value value) throws MalformedHistoryException {
        Value key;
        try {
            key = JsonNames.read(name);
        } catch (MalformedHistoryException refused) {
            throw scanner.refused("in the EDN of a key: " + refused.problem());
        }
        if (!event.extra(key, value)) {
            throw twice(name);
        }
    }

    private MalformedHistoryException twice(String name) {
        return scanner.refused("found the key \"" + Quotes.of(name) + "\" twice in an event object, expected it once");
    }

    private void type(int depth) throws IOException {
        if (event.type != null) {
            throw twice("type");
        }
        int c = scanner.skipSpace();
        long line = scanner.line();
        long column = scanner.column();
        Value value = c == '"' ? Value.NIL : reader.read(depth, "a value for \"type\"");
        String name = c == '"' ? reader.string() : value.toString();
        EventType type = c == '"' ? EventKeys.typeOf(name) : null;
        if (type == null) {
            throw new MalformedHistoryException(
                    scanner.source(),
                    line,
                    column,
                    "found " + (c == '"' ? '"' + Quotes.of(name) + '"' : Quotes.of(name))
                            + " as \"type\", expected \"invoke\", \"ok\", \"fail\" or \"info\"");
        }
        event.type = type;
    }

    private long number(String name, long before, int depth) throws IOException {
        if (before != EventFields.ABSENT) {
            throw twice(name);
        }
        scanner.skipSpace();
        if (scanner.tryNumber()) {
            return scanner.number();
        }
        long line = scanner.line();
        long column = scanner.column();
        Value value = reader.read(depth, "a value for \"" + name + "\"");
        if (value.isNil()) {
            extra(name, value);
            return EventFields.ABSENT;
        }
        if (value instanceof Value.Int number && number.value() != EventFields.ABSENT) {
            return number.value();
        }
        throw new MalformedHistoryException(
                scanner.source(),
                line,
                column,
                "found " + Quotes.of(value) + " as \"" + name + "\", expected an integer of 64 bits");
    }

    private int id(String name, int before, int depth) throws IOException {
        if (before != EventFields.NONE) {
            throw twice(name);
        }
        scanner.skipSpace();
        return scanner.tryNumber()
                ? values.idOf(scanner.number())
                : values.idOf(reader.read(depth, "a value for \"" + name + "\""));
    }

    /** A value that names something: null says that there is none. */
    private int named(String name, int before, int depth) throws IOException {
        int id = id(name, before, depth);
        if (id == ValueTable.NIL) {
            extra(name, Value.NIL);
            return EventFields.NONE;
        }
        return id;
    }

    private int process(String name, int before, int depth) throws IOException {
        scanner.skipSpace();
        long line = scanner.line();
        long column = scanner.column();
        int id = named(name, before, depth);
        if (id == EventFields.NONE || values.isInt(id) || EventKeys.isName(values.get(id))) {
            return id;
        }
        throw new MalformedHistoryException(
                scanner.source(),
                line,
                column,
                "found " + Quotes.of(values.get(id)) + " as \"" + name + "\", expected a number or a string");
    }

    private int word(String name, int before, int depth) throws IOException {
        if (before != EventFields.NONE) {
            throw twice(name);
        }
        scanner.skipSpace();
        long line = scanner.line();
        long column = scanner.column();
        Value value = reader.read(depth, "a value for \"" + name + "\"");
        if (value.isNil()) {
            extra(name, value);
            return EventFields.NONE;
        }
        if (value instanceof Value.Text text && !text.value().isEmpty()) {
            return values.idOf(value);
        }
        if (value instanceof Value.Int && name.equals(NODE)) {
            return values.idOf(Value.of(value.toString()));
        }
        throw new MalformedHistoryException(
                scanner.source(),
                line,
                column,
                "found " + Quotes.of(value) + " as \"" + name + "\", expected a string");
    }
}
