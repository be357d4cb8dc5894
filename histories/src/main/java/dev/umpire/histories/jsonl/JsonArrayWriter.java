package dev.umpire.histories.jsonl;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.internal.Utf8Bytes;
import dev.umpire.histories.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes events as one JSON array, as elle-cli reads it: with strings in place of keywords, and nothing of Umpire's. */
public final class JsonArrayWriter {
    private final Utf8Bytes out;
    private final JsonLinesWriter lines;
    private boolean begun;

    public JsonArrayWriter(Utf8Bytes out) {
        this.out = out;
        this.lines = new JsonLinesWriter(out);
    }

    /**
     * One event.
     *
     * @throws IllegalArgumentException if it holds a value that JSON cannot say, with the value
     */
    public void write(Event event) {
        out.ascii(begun ? ",\n" : "[");
        begun = true;
        Map<Value, Value> extras = new LinkedHashMap<>();
        event.extras().forEach((name, value) -> extras.put(name, plain(value)));
        lines.write(new Event(
                event.index(),
                event.time(),
                event.type(),
                plain(event.process()),
                plain(event.session()),
                event.node(),
                event.function(),
                plain(event.key()),
                plain(event.value()),
                event.version(),
                event.position(),
                event.asOf(),
                event.phase(),
                plain(event.error()),
                extras));
        // the array goes on behind the bracket of the event, not behind its line
        out.truncate(out.size() - 1);
    }

    /** The end of the array. */
    public void end() {
        out.ascii(begun ? "]\n" : "[]\n");
    }

    private static Optional<Value> plain(Optional<Value> value) {
        return value.map(JsonArrayWriter::plain);
    }

    private static Value plain(Value value) {
        if (value instanceof Value.Keyword keyword) {
            return Value.of(keyword.name());
        }
        if (value instanceof Value.Sequence sequence) {
            List<Value> elements =
                    sequence.elements().stream().map(JsonArrayWriter::plain).toList();
            return Value.of(elements);
        }
        if (value instanceof Value.MapOf map) {
            Map<Value, Value> entries = new LinkedHashMap<>();
            for (Map.Entry<Value, Value> entry : map.entries().entrySet()) {
                Value name = Value.of(key(entry.getKey()));
                if (entries.putIfAbsent(name, plain(entry.getValue())) != null) {
                    throw new IllegalArgumentException(
                            "found the map " + value + ", expected keys that are different as strings of JSON");
                }
            }
            return new Value.MapOf(entries);
        }
        if (value instanceof Value.Nil
                || value instanceof Value.Bool
                || value instanceof Value.Int
                || value instanceof Value.Text
                || (value instanceof Value.Real real && Double.isFinite(real.value()))) {
            return value;
        }
        throw new IllegalArgumentException("found the value " + value + ", expected one that JSON can say");
    }

    private static String key(Value key) {
        if (key instanceof Value.Keyword keyword) {
            return keyword.name();
        }
        if (key instanceof Value.Text || key instanceof Value.Int) {
            return key.toString();
        }
        throw new IllegalArgumentException(
                "found the key " + key + " in a map, expected a string, a keyword or an integer");
    }
}
