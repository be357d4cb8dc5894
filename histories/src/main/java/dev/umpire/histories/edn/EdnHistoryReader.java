package dev.umpire.histories.edn;

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
import org.jspecify.annotations.Nullable;

/**
 * Reads a history as Jepsen prints it: a vector of operation maps, or the bare maps one after another, on one line or on
 * many; a map may be tagged ({@code #jepsen.history.Op{...}}).
 */
public final class EdnHistoryReader {
    private final TextScanner scanner;
    private final EventFields event;
    private final EdnReader reader;
    private final EdnAtoms atoms;
    private final EventReader fields;

    public EdnHistoryReader(TextScanner scanner, ValueTable values) {
        this.scanner = scanner;
        this.event = new EventFields(values);
        this.reader = new EdnReader(scanner);
        this.atoms = new EdnAtoms(scanner);
        this.fields = new EventReader(scanner, values, event, new Syntax());
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
        readFields(depth);
        if (event.type == null) {
            throw new MalformedHistoryException(
                    scanner.source(),
                    event.line,
                    event.column,
                    "found no :type, expected :type in an operation map (" + EventKeys.seen(event, ":") + ")");
        }
        sink.accept(event);
    }

    private void readFields(int depth) throws IOException {
        int last = EventReader.START;
        while (true) {
            int field = fields.usual(last);
            Value name = Value.NIL;
            if (field == EventReader.UNKNOWN) {
                int c = reader.skipSpace(depth + 1);
                if (c == '}') {
                    scanner.skip();
                    return;
                }
                began().check(c, '}');
                name = c == ':' ? new Value.Keyword(atoms.keywordName()) : reader.read(depth + 1, "a key");
                field = name instanceof Value.Keyword keyword
                        ? fields.named(keyword.name(), last)
                        : EventReader.UNKNOWN;
                began().checkValue(reader.skipSpace(depth + 1), name);
            } else {
                int c = scanner.peek();
                if (c == '}' || c == TextScanner.END) {
                    began().checkValue(c, fields.nameOf(field));
                }
            }
            if (field == EventReader.UNKNOWN) {
                extra(name, reader.read(depth + 1, "a value for " + Quotes.of(name)));
                last = EventReader.AFTER_UNKNOWN;
            } else {
                fields.read(field, depth + 1);
                last = field;
            }
        }
    }

    private EdnReader.Place began() {
        return new EdnReader.Place(scanner, "map", event.line, event.column);
    }

    private void extra(Value name, Value value) throws MalformedHistoryException {
        if (!event.extra(name, value)) {
            throw scanner.refused("found " + Quotes.of(name) + " twice in an operation map, expected it once");
        }
    }

    /** Fields as EDN writes them. */
    private final class Syntax implements EventReader.Syntax {

        @Override
        public Value read(int depth, String expected) throws IOException {
            return reader.read(depth, expected);
        }

        @Override
        public String beforeName() {
            return ", :";
        }

        @Override
        public String afterName() {
            return " ";
        }

        @Override
        public String quoted(String name) {
            return ':' + name;
        }

        @Override
        public String joined(String name) {
            return " for :" + name;
        }

        @Override
        public @Nullable String word(Value value) {
            if (value instanceof Value.Keyword keyword) {
                return keyword.name();
            }
            if (value instanceof Value.Text text) {
                return text.value();
            }
            return value instanceof Value.Symbol symbol ? symbol.name() : null;
        }

        @Override
        public String expectedWord() {
            return "a keyword or string";
        }

        @Override
        public String expectedProcess() {
            return "a number, a keyword or a string";
        }

        @Override
        public MalformedHistoryException noType(Value found, boolean second, long line, long column) {
            return new MalformedHistoryException(
                    scanner.source(),
                    line,
                    column,
                    "found " + (second ? "a second :type " : "") + Quotes.of(found)
                            + ", expected one :type, :invoke, :ok, :fail or :info");
        }

        @Override
        public MalformedHistoryException twice(String name) {
            return scanner.refused("found :" + name + " twice in an operation map, expected it once");
        }
    }
}
