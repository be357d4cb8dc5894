package dev.umpire.histories.internal;

import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of events, which EDN and JSON write each in its own way but mean alike.
 *
 * <p>A file writes its events alike: the name of the next field is first compared with the one that followed the same
 * field before, and words and values that were met before are found by their bytes.
 */
public final class EventReader {

    /** Before the first field of an event. */
    public static final int START = 14;

    /** After a field that is not known. */
    public static final int AFTER_UNKNOWN = 15;

    /** No field that is known. */
    public static final int UNKNOWN = -1;

    private static final int INDEX = 0;
    private static final int TIME = 1;
    private static final int TYPE = 2;
    private static final int PROCESS = 3;
    private static final int SESSION = 4;
    private static final int NODE = 5;
    private static final int FUNCTION = 6;
    private static final int KEY = 7;
    private static final int VALUE = 8;
    private static final int VERSION = 9;
    private static final int POSITION = 10;
    private static final int AS_OF = 11;
    private static final int PHASE = 12;
    private static final int ERROR = 13;
    private static final List<String> NAMES = List.of(
            "index",
            "time",
            "type",
            "process",
            "session",
            "node",
            "f",
            "key",
            "value",
            "version",
            "position",
            "asOf",
            "phase",
            "error");

    private static final List<EventType> TYPES = List.of(EventType.values());

    /** How a format writes what all of them mean. */
    public interface Syntax {

        /**
         * Reads one value.
         *
         * @param depth in how many collections it stands
         * @param expected what is to come here, for messages
         */
        Value read(int depth, String expected) throws IOException;

        /** What stands between two fields, up to the name. */
        String beforeName();

        /** What stands between a name and its value. */
        String afterName();

        /** A field's name as messages have it. */
        String quoted(String name);

        /** The words that join a wrong value and the field's name in messages. */
        String joined(String name);

        /** The text of a value that names a function, a node or a phase; null if it is none. */
        @Nullable
        String word(Value value);

        /** What is expected of a word, for messages. */
        String expectedWord();

        /** What is expected of a process, for messages. */
        String expectedProcess();

        /** The refusal of a value that is no type, or a second one. */
        MalformedHistoryException noType(Value found, boolean second, long line, long column);

        /** The refusal of a field that an event has twice. */
        MalformedHistoryException twice(String name);
    }

    private final TextScanner scanner;
    private final ValueTable values;
    private final EventFields event;
    private final Syntax syntax;
    private final byte[][] usualFirst = new byte[START][];
    private final byte[][] usualNext = new byte[START][];

    /** Of each field the one that followed it last. */
    private final int[] follower = new int[AFTER_UNKNOWN + 1];

    /** @param event where the fields are put */
    public EventReader(TextScanner scanner, ValueTable values, EventFields event, Syntax syntax) {
        this.scanner = scanner;
        this.values = values;
        this.event = event;
        this.syntax = syntax;
        for (int field = 0; field < START; field++) {
            String named = NAMES.get(field) + syntax.afterName();
            String next = syntax.beforeName() + named;
            usualNext[field] = next.getBytes(StandardCharsets.US_ASCII);
            usualFirst[field] = next.replaceFirst("^, *", "").getBytes(StandardCharsets.US_ASCII);
        }
        Arrays.fill(follower, UNKNOWN);
    }

    /**
     * Passes over the name of the next field if it is the usual one, written as usual.
     *
     * @param before the field before it, or {@link #START} or {@link #AFTER_UNKNOWN}
     * @return the field, or {@link #UNKNOWN}; then nothing has moved
     */
    public int usual(int before) {
        int field = follower[before];
        if (field < 0) {
            return UNKNOWN;
        }
        return scanner.skipIf(before == START ? usualFirst[field] : usualNext[field]) ? field : UNKNOWN;
    }

    /** The field with this name, which follows another; {@link #UNKNOWN} if an event has none of that name. */
    public int named(String name, int before) {
        int field = NAMES.indexOf(name);
        if (field >= 0) {
            follower[before] = field;
        }
        return field;
    }

    /** A field's name as a key of an event. */
    public Value nameOf(int field) {
        return new Value.Keyword(NAMES.get(field));
    }

    /** Reads the value of a field. */
    public void read(int field, int depth) throws IOException {
        switch (field) {
            case INDEX -> event.index = number(field, event.index, depth);
            case TIME -> event.time = number(field, event.time, depth);
            case TYPE -> type(depth);
            case PROCESS -> event.process = process(event.process, depth);
            case SESSION -> event.session = name(field, event.session, depth);
            case NODE -> event.node = word(field, event.node, depth);
            case FUNCTION -> event.function = word(field, event.function, depth);
            case KEY -> event.key = name(field, event.key, depth);
            case VALUE -> event.value = id(field, event.value, depth);
            case VERSION -> event.version = number(field, event.version, depth);
            case POSITION -> event.position = number(field, event.position, depth);
            case AS_OF -> event.asOf = number(field, event.asOf, depth);
            case PHASE -> event.phase = word(field, event.phase, depth);
            case ERROR -> event.error = id(field, event.error, depth);
            default -> throw new IllegalArgumentException("field: found " + field + ", expected 0 to " + (START - 1));
        }
    }

    private void type(int depth) throws IOException {
        int known = scanner.knownToken('t');
        if (known >= 0 && event.type == null) {
            event.type = TYPES.get(known);
            return;
        }
        scanner.skipSpace();
        long line = scanner.line();
        long column = scanner.column();
        Value value = known >= 0 ? Value.NIL : syntax.read(depth, expectedValue(TYPE));
        String name = known >= 0 ? null : syntax.word(value);
        EventType type = name == null ? null : EventKeys.typeOf(name);
        if (type == null || event.type != null) {
            throw syntax.noType(value, event.type != null, line, column);
        }
        scanner.keepToken(TYPES.indexOf(type));
        event.type = type;
    }

    private long number(int field, long before, int depth) throws IOException {
        if (before != EventFields.ABSENT) {
            throw syntax.twice(NAMES.get(field));
        }
        if (scanner.tryNumber()) {
            return scanner.number();
        }
        scanner.skipSpace();
        if (scanner.tryNumber()) {
            return scanner.number();
        }
        long line = scanner.line();
        long column = scanner.column();
        Value value = syntax.read(depth, expectedValue(field));
        if (value.isNil()) {
            none(field);
            return EventFields.ABSENT;
        }
        if (value instanceof Value.Int number && number.value() != EventFields.ABSENT) {
            return number.value();
        }
        throw refused(field, value, "an integer of 64 bits", line, column);
    }

    private int id(int field, int before, int depth) throws IOException {
        if (before != EventFields.NONE) {
            throw syntax.twice(NAMES.get(field));
        }
        if (scanner.tryNumber()) {
            return values.idOf(scanner.number());
        }
        int known = scanner.knownToken('v');
        if (known >= 0) {
            return known;
        }
        int id = values.idOf(syntax.read(depth, expectedValue(field)));
        scanner.keepToken(id);
        return id;
    }

    /** A value that names something: nil says that there is none. */
    private int name(int field, int before, int depth) throws IOException {
        int id = id(field, before, depth);
        if (id == ValueTable.NIL) {
            none(field);
            return EventFields.NONE;
        }
        return id;
    }

    private int process(int before, int depth) throws IOException {
        scanner.skipSpace();
        long line = scanner.line();
        long column = scanner.column();
        int id = name(PROCESS, before, depth);
        if (id == EventFields.NONE || values.isInt(id) || EventKeys.isName(values.get(id))) {
            return id;
        }
        throw refused(PROCESS, values.get(id), syntax.expectedProcess(), line, column);
    }

    private int word(int field, int before, int depth) throws IOException {
        if (before != EventFields.NONE) {
            throw syntax.twice(NAMES.get(field));
        }
        int known = scanner.knownToken('w');
        if (known >= 0) {
            return known;
        }
        scanner.skipSpace();
        long line = scanner.line();
        long column = scanner.column();
        Value value = syntax.read(depth, expectedValue(field));
        if (value.isNil()) {
            none(field);
            return EventFields.NONE;
        }
        String text = value instanceof Value.Int && field == NODE ? value.toString() : syntax.word(value);
        if (text == null || text.isEmpty()) {
            throw refused(field, value, syntax.expectedWord(), line, column);
        }
        int id = values.idOf(new Value.Text(text));
        scanner.keepToken(id);
        return id;
    }

    /** The event says that it has none, which is kept. */
    private void none(int field) throws MalformedHistoryException {
        if (!event.extra(nameOf(field), Value.NIL)) {
            throw syntax.twice(NAMES.get(field));
        }
    }

    private String expectedValue(int field) {
        return "a value for " + syntax.quoted(NAMES.get(field));
    }

    private MalformedHistoryException refused(int field, Value found, String expected, long line, long column) {
        return new MalformedHistoryException(
                scanner.source(),
                line,
                column,
                "found " + Quotes.of(found) + syntax.joined(NAMES.get(field)) + ", expected " + expected);
    }
}
