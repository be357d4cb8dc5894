package dev.umpire.histories.binary;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes and reads values, one byte of kind before each, and whole events. Numbers and texts are those of {@link ContentWriter}.
 *
 * <pre>
 *   0 nil    1 false    2 true    3 signed: an integer of 64 bits    5 eight bytes: IEEE 754
 *   4 varint, bytes: an integer in two's complement, the highest byte first
 *   6 signed, varint, bytes: a decimal number, its scale and its digits as an integer as above
 *   7 text: a string      8 varint: a character      9 text: a keyword      10 text: a symbol
 *  11 varint, values: a vector      12 the same: a list in round brackets      13 the same: a set
 *  14 varint, keys and values in turn: a map      15 text, value: a tagged value
 * </pre>
 *
 * An event is the varint of its fields (bit 0 to 13: index, time, process, session, node, function, key, value, version,
 * position, asOf, phase, error, others), a byte of type (0 invoke, 1 ok, 2 fail, 3 info), and these fields: signed numbers,
 * texts, values, the last as a varint with keys and values in turn.
 */
public final class Values {
    /** How deep values may be nested: reading and comparing them is recursive. */
    public static final int MAX_DEPTH = 256;

    private static final int INDEX = 1;
    private static final int TIME = 1 << 1;
    private static final int PROCESS = 1 << 2;
    private static final int SESSION = 1 << 3;
    private static final int NODE = 1 << 4;
    private static final int FUNCTION = 1 << 5;
    private static final int KEY = 1 << 6;
    private static final int VALUE = 1 << 7;
    private static final int VERSION = 1 << 8;
    private static final int POSITION = 1 << 9;
    private static final int AS_OF = 1 << 10;
    private static final int PHASE = 1 << 11;
    private static final int ERROR = 1 << 12;
    private static final int OTHERS = 1 << 13;
    private static final int ALL = (OTHERS << 1) - 1;

    private static final EventType[] TYPES = {EventType.INVOKE, EventType.OK, EventType.FAIL, EventType.INFO};

    private Values() {}

    /**
     * Adds a value.
     *
     * @throws IllegalArgumentException if it is nested deeper than {@link #MAX_DEPTH}
     */
    public static void write(ContentWriter out, Value value) {
        write(out, value, MAX_DEPTH);
    }

    private static void write(ContentWriter out, Value value, int depth) {
        if (depth == 0) {
            throw new IllegalArgumentException(
                    "value: found one nested deeper than " + MAX_DEPTH + ", expected at most that");
        }
        if (value instanceof Value.Nil) {
            out.u8(0);
        } else if (value instanceof Value.Bool bool) {
            out.u8(bool.value() ? 2 : 1);
        } else if (value instanceof Value.Int number) {
            out.u8(3);
            out.signed(number.value());
        } else if (value instanceof Value.BigInt big) {
            out.u8(4);
            big(out, big.value());
        } else if (value instanceof Value.Real real) {
            out.u8(5);
            out.i64(Double.doubleToRawLongBits(real.value()));
        } else if (value instanceof Value.BigReal real) {
            out.u8(6);
            out.signed(real.value().scale());
            big(out, real.value().unscaledValue());
        } else if (value instanceof Value.Text text) {
            named(out, 7, text.value());
        } else if (value instanceof Value.Char character) {
            out.u8(8);
            out.varint(character.codePoint());
        } else if (value instanceof Value.Keyword keyword) {
            named(out, 9, keyword.name());
        } else if (value instanceof Value.Symbol symbol) {
            named(out, 10, symbol.name());
        } else if (value instanceof Value.Sequence sequence) {
            out.u8(sequence.round() ? 12 : 11);
            all(out, sequence.elements(), depth - 1);
        } else if (value instanceof Value.SetOf set) {
            out.u8(13);
            all(out, set.elements(), depth - 1);
        } else if (value instanceof Value.MapOf map) {
            out.u8(14);
            map(out, map.entries(), depth - 1);
        } else if (value instanceof Value.Tagged tagged) {
            named(out, 15, tagged.tag());
            write(out, tagged.value(), depth - 1);
        }
    }

    private static void named(ContentWriter out, int kind, String name) {
        out.u8(kind);
        out.text(name);
    }

    private static void big(ContentWriter out, BigInteger number) {
        byte[] bytes = number.toByteArray();
        out.varint(bytes.length);
        out.raw(bytes, bytes.length);
    }

    private static void all(ContentWriter out, Collection<Value> values, int depth) {
        out.varint(values.size());
        for (Value value : values) {
            write(out, value, depth);
        }
    }

    private static void map(ContentWriter out, Map<Value, Value> entries, int depth) {
        out.varint(entries.size());
        for (Map.Entry<Value, Value> entry : entries.entrySet()) {
            write(out, entry.getKey(), depth);
            write(out, entry.getValue(), depth);
        }
    }

    /** Adds a map without its byte of kind. */
    public static void writeMap(ContentWriter out, Map<Value, Value> entries) {
        map(out, entries, MAX_DEPTH);
    }

    /** Reads a value. */
    public static Value read(ContentReader in) throws MalformedHistoryException {
        return read(in, MAX_DEPTH);
    }

    private static Value read(ContentReader in, int depth) throws MalformedHistoryException {
        if (depth == 0) {
            throw in.refused("found a value nested deeper than " + MAX_DEPTH + ", expected at most that");
        }
        int kind = in.u8();
        return switch (kind) {
            case 0 -> Value.NIL;
            case 1 -> Value.of(false);
            case 2 -> Value.of(true);
            case 3 -> Value.of(in.signed());
            case 4 -> new Value.BigInt(big(in));
            case 5 -> new Value.Real(Double.longBitsToDouble(in.i64()));
            case 6 -> decimal(in);
            case 7 -> Value.of(in.text());
            case 8 -> new Value.Char(in.upTo(Character.MAX_CODE_POINT, "a character"));
            case 9 -> Value.keyword(in.text());
            case 10 -> new Value.Symbol(in.text());
            case 11, 12 -> new Value.Sequence(all(in, depth - 1), kind == 12);
            case 13 -> set(in, depth - 1);
            case 14 -> new Value.MapOf(map(in, depth - 1));
            case 15 -> new Value.Tagged(in.text(), read(in, depth - 1));
            default -> throw in.refused("found a value of kind " + kind + ", expected 0 to 15");
        };
    }

    private static BigInteger big(ContentReader in) throws MalformedHistoryException {
        int length = in.count("bytes of an integer");
        if (length == 0) {
            throw in.refused("found an integer of no bytes, expected one at least");
        }
        return new BigInteger(in.raw(length));
    }

    private static Value decimal(ContentReader in) throws MalformedHistoryException {
        long scale = in.signed();
        if (scale != (int) scale) {
            throw in.refused("found the scale " + scale + ", expected one of 32 bits");
        }
        return new Value.BigReal(new BigDecimal(big(in), (int) scale));
    }

    private static List<Value> all(ContentReader in, int depth) throws MalformedHistoryException {
        int count = in.count("elements");
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(read(in, depth));
        }
        return values;
    }

    private static Value set(ContentReader in, int depth) throws MalformedHistoryException {
        List<Value> elements = all(in, depth);
        Set<Value> set = new LinkedHashSet<>(elements);
        if (set.size() != elements.size()) {
            throw in.refused("found an element twice in a set, expected it once");
        }
        return new Value.SetOf(set);
    }

    private static Map<Value, Value> map(ContentReader in, int depth) throws MalformedHistoryException {
        int count = in.count("entries");
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            if (entries.put(read(in, depth), read(in, depth)) != null) {
                throw in.refused("found a key twice in a map, expected it once");
            }
        }
        return entries;
    }

    /** Reads what {@link #writeMap} wrote. */
    public static Map<Value, Value> readMap(ContentReader in) throws MalformedHistoryException {
        return map(in, MAX_DEPTH);
    }

    /** Adds an event. */
    public static void writeEvent(ContentWriter out, Event event) {
        out.varint(bit(event.index().isPresent(), INDEX)
                | bit(event.time().isPresent(), TIME)
                | bit(event.process().isPresent(), PROCESS)
                | bit(event.session().isPresent(), SESSION)
                | bit(event.node().isPresent(), NODE)
                | bit(event.function().isPresent(), FUNCTION)
                | bit(event.key().isPresent(), KEY)
                | bit(event.value().isPresent(), VALUE)
                | bit(event.version().isPresent(), VERSION)
                | bit(event.position().isPresent(), POSITION)
                | bit(event.asOf().isPresent(), AS_OF)
                | bit(event.phase().isPresent(), PHASE)
                | bit(event.error().isPresent(), ERROR)
                | bit(!event.extras().isEmpty(), OTHERS));
        out.u8(List.of(TYPES).indexOf(event.type()));
        event.index().ifPresent(out::signed);
        event.time().ifPresent(out::signed);
        event.process().ifPresent(value -> write(out, value));
        event.session().ifPresent(value -> write(out, value));
        event.node().ifPresent(out::text);
        event.function().ifPresent(out::text);
        event.key().ifPresent(value -> write(out, value));
        event.value().ifPresent(value -> write(out, value));
        event.version().ifPresent(out::signed);
        event.position().ifPresent(out::signed);
        event.asOf().ifPresent(out::signed);
        event.phase().ifPresent(out::text);
        event.error().ifPresent(value -> write(out, value));
        if (!event.extras().isEmpty()) {
            writeMap(out, event.extras());
        }
    }

    private static int bit(boolean present, int bit) {
        return present ? bit : 0;
    }

    /** Reads an event. */
    public static Event readEvent(ContentReader in) throws MalformedHistoryException {
        int fields = in.upTo(ALL, "the fields of an event");
        int type = in.u8();
        if (type >= TYPES.length) {
            throw in.refused("found an event of type " + type + ", expected 0 to 3");
        }
        return new Event(
                number(in, fields & INDEX),
                number(in, fields & TIME),
                TYPES[type],
                value(in, fields & PROCESS),
                value(in, fields & SESSION),
                text(in, fields & NODE),
                text(in, fields & FUNCTION),
                value(in, fields & KEY),
                value(in, fields & VALUE),
                number(in, fields & VERSION),
                number(in, fields & POSITION),
                number(in, fields & AS_OF),
                text(in, fields & PHASE),
                value(in, fields & ERROR),
                (fields & OTHERS) == 0 ? Map.of() : readMap(in));
    }

    private static OptionalLong number(ContentReader in, int present) throws MalformedHistoryException {
        return present == 0 ? OptionalLong.empty() : OptionalLong.of(in.signed());
    }

    private static Optional<Value> value(ContentReader in, int present) throws MalformedHistoryException {
        return present == 0 ? Optional.empty() : Optional.of(read(in));
    }

    private static Optional<String> text(ContentReader in, int present) throws MalformedHistoryException {
        return present == 0 ? Optional.empty() : Optional.of(in.text());
    }
}
