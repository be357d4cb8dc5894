package dev.umpire.checkers.knossos.child;

import dev.umpire.checkers.knossos.analysis.Finding;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.histories.edn.EdnReader;
import dev.umpire.histories.edn.EdnWriter;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Lines between the two processes: one map each, with keywords as keys. */
final class Wire {
    /** The first line of the other process: Knossos is loaded. */
    static final String READY = "ready";
    /** The first line of a request: the history is read. */
    static final String READ = "read";
    /** The last line of a request: all objects were analysed. */
    static final String DONE = "done";
    /** The other process ends: a search goes on that cannot be ended otherwise. */
    static final String SPENT = "spent";
    /** The other process cannot do what it was asked; with {@code :text}. */
    static final String FAILED = "failed";

    private final Map<String, Value> fields;

    private Wire(Map<String, Value> fields) {
        this.fields = fields;
    }

    static Wire empty() {
        return new Wire(new LinkedHashMap<>());
    }

    static Wire state(String state) {
        return empty().with("state", Value.of(state));
    }

    Wire with(String name, Value value) {
        Map<String, Value> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Wire(more);
    }

    Wire with(String name, String value) {
        return with(name, Value.of(value));
    }

    Wire with(String name, long value) {
        return with(name, Value.of(value));
    }

    /** One line without its end; strings in it have no line breaks, as EDN escapes them. */
    String line() {
        Map<Value, Value> entries = new LinkedHashMap<>();
        fields.forEach((name, value) -> entries.put(Value.keyword(name), value));
        return EdnWriter.text(new Value.MapOf(entries)).replace("\n", "\\n").replace("\r", "\\r");
    }

    /** Reads a line; empty if it is none of ours. */
    static Optional<Wire> read(String line) {
        try {
            if (EdnReader.parse(line) instanceof Value.MapOf map) {
                Map<String, Value> fields = new LinkedHashMap<>();
                map.entries().forEach((name, value) -> {
                    if (name instanceof Value.Keyword keyword) {
                        fields.put(keyword.name(), value);
                    }
                });
                return Optional.of(new Wire(fields));
            }
        } catch (MalformedHistoryException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** The text of a field; empty where there is none. */
    String text(String name) {
        return fields.get(name) instanceof Value.Text text ? text.value() : "";
    }

    Value value(String name) {
        return fields.getOrDefault(name, Value.NIL);
    }

    /** The number of a field; -1 where there is none. */
    long number(String name) {
        return fields.get(name) instanceof Value.Int number ? number.value() : -1;
    }

    boolean isState(String state) {
        return text("state").equals(state);
    }

    static Wire of(Finding finding) {
        return empty().with("object", finding.object())
                .with("answer", finding.answer().name())
                .with("witness", list(finding.witness(), number -> Value.of((long) number)))
                .with("details", list(finding.details(), Value::of))
                .with("reason", finding.reason())
                .with("millis", finding.millis());
    }

    private static <T> Value list(List<T> all, Function<T, Value> each) {
        return Value.of(all.stream().map(each).toList());
    }

    /** The finding of this line; empty if it is about something else. */
    Optional<Finding> finding() {
        if (!fields.containsKey("object") || !fields.containsKey("answer")) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                (int) number("object"),
                Answer.valueOf(text("answer")),
                elements("witness").stream()
                        .map(one -> one instanceof Value.Int number ? (int) number.value() : -1)
                        .toList(),
                elements("details").stream().map(Value::toString).toList(),
                text("reason"),
                number("millis")));
    }

    private List<Value> elements(String name) {
        return fields.get(name) instanceof Value.Sequence sequence ? sequence.elements() : List.of();
    }
}
