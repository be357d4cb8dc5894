package dev.umpire.histories.internal;

import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What the readers of EDN and JSON share about the fields of an event. */
public final class EventKeys {
    private EventKeys() {}

    /** The type with this name, or null. */
    public static @Nullable EventType typeOf(String name) {
        return switch (name) {
            case "invoke" -> EventType.INVOKE;
            case "ok" -> EventType.OK;
            case "fail" -> EventType.FAIL;
            case "info" -> EventType.INFO;
            default -> null;
        };
    }

    /** The fields that an event has so far, for the message that one is missing. */
    public static String seen(EventFields event, String prefix) {
        StringJoiner seen = new StringJoiner(" ");
        number(seen, prefix + "index", event.index);
        number(seen, prefix + "time", event.time);
        id(seen, prefix + "process", event.process);
        id(seen, prefix + "session", event.session);
        id(seen, prefix + "node", event.node);
        id(seen, prefix + "f", event.function);
        id(seen, prefix + "key", event.key);
        id(seen, prefix + "value", event.value);
        id(seen, prefix + "error", event.error);
        if (event.extras != null) {
            int listed = 0;
            for (Value name : event.extras.keySet()) {
                if (listed++ == 8) {
                    seen.add("...");
                    break;
                }
                String text = name.toString();
                String bare = name instanceof Value.Keyword keyword ? prefix + keyword.name() : text;
                seen.add(Quotes.of(bare));
            }
        }
        return seen.length() == 0 ? "no keys at all" : "keys seen: " + seen;
    }

    private static void number(StringJoiner seen, String name, long number) {
        if (number != EventFields.ABSENT) {
            seen.add(name);
        }
    }

    private static void id(StringJoiner seen, String name, int id) {
        if (id != EventFields.NONE) {
            seen.add(name);
        }
    }

    /** Whether a value can name a process that is no number: {@code :nemesis}, {@code "worker 3"}. */
    public static boolean isName(Value value) {
        return value instanceof Value.Keyword || value instanceof Value.Text || value instanceof Value.Symbol;
    }
}
