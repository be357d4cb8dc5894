package dev.umpire.histories.edn;

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

/**
 * Reads a history as Jepsen prints it: a vector of operation maps, or the bare maps one after another, on one line or on
 * many; a map may be tagged ({@code #jepsen.history.Op{...}}).
 */
public final class EdnHistoryReader {
    private static final String NODE = "node";

    private final TextScanner scanner;
    private final ValueTable values;
    private final EventFields event;
    private final EdnReader reader;
    private final EdnAtoms atoms;

    public EdnHistoryReader(TextScanner scanner, ValueTable values) {
        this.scanner = scanner;
        this.values = values;
        this.event = new EventFields(values);
        this.reader = new EdnReader(scanner);
        this.atoms = new EdnAtoms(scanner);
    }

    /**
     * Reads everything.
     *
     * @throws MalformedHistoryException if the text is no such history, or the sink refuses an event
     */
    public void read(EventSink sink) throws IOException {
        int c = reader.skipSpace(0);
        if (c != '[' && c != '(') {
            while (c != TextScanner.END) {
                event(c, 0, sink);
                c = reader.skipSpace(0);
            }
            return;
        }
        char closing = c == '[' ? ']' : ')';
        EdnReader.Place began = new EdnReader.Place(scanner, c == '[' ? "vector" : "list");
        scanner.skip();
        while ((c = reader.skipSpace(1)) != closing) {
            if (c == TextScanner.END) {
                throw began.refused(c, "an operation map or '" + closing + "'");
            }
            event(c, 1, sink);
        }
        scanner.skip();
        c = reader.skipSpace(0);
        if (c != TextScanner.END) {
            throw scanner.refused("found " + TextScanner.describe(c) + " after the history, expected end of file");
        }
    }

    private void event(int first, int depth, EventSink sink) throws IOException {
        event.clear();
        event.line = scanner.line();
        event.column = scanner.column();
        int c = first;
        if (c == '#' && !scanner.ahead(2).equals("#{")) {
            reader.readTag();
            c = reader.skipSpace(depth);
        }
        if (c != '{') {
            String found = c == TextScanner.END || c == '#' || c == ']' || c == ')' || c == '}' || c < 0x20 || c >= 0x7f
                    ? TextScanner.describe(c)
                    : Quotes.of(reader.read(depth, "an operation map"));
            throw new MalformedHistoryException(
                    scanner.source(),
                    event.line,
                    event.column,
                    "found " + found + ", expected an operation map such as {:type :invoke, :f :read, :process 0}");
        }
        scanner.skip();
        EdnReader.Place began = new EdnReader.Place(scanner, "map", event.line, event.column);
        while ((c = reader.skipSpace(depth + 1)) != '}') {
            began.check(c, '}');
            if (c == ':') {
                field(atoms.keywordName(), depth + 1, began);
            } else {
                Value name = reader.read(depth + 1, "a key");
                began.checkValue(reader.skipSpace(depth + 1), name);
                extra(name, reader.read(depth + 1, "a value"));
            }
        }
        scanner.skip();
        if (event.type == null) {
            throw new MalformedHistoryException(
                    scanner.source(),
                    event.line,
                    event.column,
                    "found no :type, expected :type in an operation map (" + EventKeys.seen(event, ":") + ")");
        }
        sink.accept(event);
    }

    private void field(String name, int depth, EdnReader.Place began) throws IOException {
        int c = reader.skipSpace(depth);
        if (c == TextScanner.END || c == '}' || c == ']' || c == ')') {
            began.checkValue(c, new Value.Keyword(name));
        }
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
            default -> extra(new Value.Keyword(name), reader.read(depth, "a value for :" + name));
        }
    }

    private void extra(Value name, Value value) throws MalformedHistoryException {
        if (!event.extra(name, value)) {
            throw scanner.refused("found " + Quotes.of(name) + " twice in an operation map, expected it once");
        }
    }

    private void type(int depth) throws IOException {
        long line = scanner.line();
        long column = scanner.column();
        Value value = reader.read(depth, "a value for :type");
        String name = textOf(value);
        EventType type = name.isEmpty() ? null : EventKeys.typeOf(name);
        if (type == null || event.type != null) {
            throw new MalformedHistoryException(
                    scanner.source(),
                    line,
                    column,
                    "found " + (type == null ? "" : "a second :type ") + Quotes.of(value)
                            + ", expected one :type, :invoke, :ok, :fail or :info");
        }
        event.type = type;
    }

    private long number(String name, long before, int depth) throws IOException {
        once(name, before == EventFields.ABSENT);
        if (scanner.tryNumber()) {
            return scanner.number();
        }
        long line = scanner.line();
        long column = scanner.column();
        Value value = reader.read(depth, "a value for :" + name);
        if (value.isNil()) {
            extra(new Value.Keyword(name), value);
            return EventFields.ABSENT;
        }
        if (value instanceof Value.Int number && number.value() != EventFields.ABSENT) {
            return number.value();
        }
        throw new MalformedHistoryException(
                scanner.source(),
                line,
                column,
                "found " + Quotes.of(value) + " for :" + name + ", expected an integer of 64 bits");
    }

    private int id(String name, int before, int depth) throws IOException {
        once(name, before == EventFields.NONE);
        return scanner.tryNumber()
                ? values.idOf(scanner.number())
                : values.idOf(reader.read(depth, "a value for :" + name));
    }

    /** A value that names something: nil says that there is none. */
    private int named(String name, int before, int depth) throws IOException {
        int id = id(name, before, depth);
        if (id == ValueTable.NIL) {
            extra(new Value.Keyword(name), Value.NIL);
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
                "found " + Quotes.of(values.get(id)) + " for :" + name + ", expected a number, a keyword or a string");
    }

    private int word(String name, int before, int depth) throws IOException {
        once(name, before == EventFields.NONE);
        long line = scanner.line();
        long column = scanner.column();
        Value value = reader.read(depth, "a value for :" + name);
        if (value.isNil()) {
            extra(new Value.Keyword(name), value);
            return EventFields.NONE;
        }
        String text = value instanceof Value.Int && name.equals(NODE) ? value.toString() : textOf(value);
        if (text.isEmpty()) {
            throw new MalformedHistoryException(
                    scanner.source(),
                    line,
                    column,
                    "found " + Quotes.of(value) + " for :" + name + ", expected a keyword or string");
        }
        return values.idOf(new Value.Text(text));
    }

    private void once(String name, boolean absent) throws MalformedHistoryException {
        if (!absent) {
            throw scanner.refused("found :" + name + " twice in an operation map, expected it once");
        }
    }

    private static String textOf(Value value) {
        if (value instanceof Value.Keyword keyword) {
            return keyword.name();
        }
        if (value instanceof Value.Text text) {
            return text.value();
        }
        return value instanceof Value.Symbol symbol ? symbol.name() : "";
    }
}
