package dev.umpire.histories.jsonl;

import dev.umpire.histories.edn.EdnWriter;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.internal.Utf8Bytes;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes the lines of a recording. */
public final class JsonLinesWriter {
    private final Utf8Bytes out;

    public JsonLinesWriter(Utf8Bytes out) {
        this.out = out;
    }

    /** The first line. */
    public void header(List<String> nodes, Value initial, boolean realTime) {
        out.ascii("{\"umpire\":\"history\",\"version\":1,\"nodes\":");
        write(Value.of(nodes.stream().map(Value::of).toList()));
        out.ascii(",\"initial\":");
        write(initial);
        if (!realTime) {
            out.ascii(",\"realTime\":false");
        }
        out.ascii("}\n");
    }

    /** The last line. */
    public void trailer(long events) {
        out.ascii("{\"umpire\":\"end\",\"events\":").number(events).ascii("}\n");
    }

    /** One event with its own index. */
    public void write(Event event) {
        write(event, event.index());
    }

    /** One event with this index in place of its own. */
    public void write(Event event, OptionalLong index) {
        int start = out.put('{').size();
        number("\"index\":", index, start);
        number("\"time\":", event.time(), start);
        name("\"type\":", start).ascii(nameOf(event.type()));
        value("\"process\":", event.process(), start);
        value("\"session\":", event.session(), start);
        text("\"node\":", event.node(), start);
        text("\"f\":", event.function(), start);
        value("\"key\":", event.key(), start);
        value("\"value\":", event.value(), start);
        number("\"version\":", event.version(), start);
        number("\"position\":", event.position(), start);
        number("\"asOf\":", event.asOf(), start);
        text("\"phase\":", event.phase(), start);
        value("\"error\":", event.error(), start);
        for (Map.Entry<Value, Value> extra : event.extras().entrySet()) {
            if (out.size() > start) {
                out.put(',');
            }
            out.quoted(JsonNames.written(extra.getKey())).put(':');
            write(extra.getValue());
        }
        out.put('}').put('\n');
    }

    private Utf8Bytes name(String quoted, int start) {
        if (out.size() > start) {
            out.put(',');
        }
        return out.ascii(quoted);
    }

    private void number(String quoted, OptionalLong number, int start) {
        if (number.isPresent()) {
            name(quoted, start).number(number.getAsLong());
        }
    }

    private void value(String quoted, Optional<Value> value, int start) {
        if (value.isPresent()) {
            name(quoted, start);
            write(value.get());
        }
    }

    private void text(String quoted, Optional<String> text, int start) {
        if (text.isPresent()) {
            name(quoted, start).quoted(text.get());
        }
    }

    private static String nameOf(EventType type) {
        return switch (type) {
            case INVOKE -> "\"invoke\"";
            case OK -> "\"ok\"";
            case FAIL -> "\"fail\"";
            case INFO -> "\"info\"";
        };
    }

    private void write(Value value) {
        if (value instanceof Value.Int number) {
            out.number(number.value());
        } else if (value instanceof Value.Nil) {
            out.ascii("null");
        } else if (value instanceof Value.Text text) {
            out.quoted(text.value());
        } else if (value instanceof Value.Bool bool) {
            out.ascii(bool.value() ? "true" : "false");
        } else if (value instanceof Value.Sequence sequence && !sequence.round()) {
            array(sequence);
        } else if (value instanceof Value.MapOf map && isObject(map)) {
            object(map);
        } else if (value instanceof Value.Real real
                && !Double.isNaN(real.value())
                && !Double.isInfinite(real.value())) {
            out.ascii(Double.toString(real.value()));
        } else if (value instanceof Value.BigInt big && big.value().bitLength() > 63) {
            out.ascii(big.value().toString());
        } else {
            out.ascii("{\"#edn\":").quoted(EdnWriter.text(value)).put('}');
        }
    }

    private void array(Value.Sequence sequence) {
        out.put('[');
        boolean first = true;
        for (Value element : sequence.elements()) {
            if (!first) {
                out.put(',');
            }
            first = false;
            write(element);
        }
        out.put(']');
    }

    private void object(Value.MapOf map) {
        out.put('{');
        boolean first = true;
        for (Map.Entry<Value, Value> entry : map.entries().entrySet()) {
            if (!first) {
                out.put(',');
            }
            first = false;
            out.quoted(((Value.Text) entry.getKey()).value()).put(':');
            write(entry.getValue());
        }
        out.put('}');
    }

    private static boolean isObject(Value.MapOf map) {
        for (Value key : map.entries().keySet()) {
            if (!(key instanceof Value.Text)) {
                return false;
            }
        }
        return map.entries().size() != 1 || !map.entries().containsKey(Value.of(JsonReader.EDN));
    }
}
