package dev.umpire.checkers.prefix;

import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.Locale;

/** How operations, keys and values are written in the sentences of this package. */
final class Words {
    private final History history;

    Words(History history) {
        this.history = history;
    }

    /** {@code session 4 read {q: ⊥, a: 12} from n3 at 812 ms}. */
    String did(int operation) {
        return "session " + session(operation) + " " + verb(operation) + where(operation) + when(operation);
    }

    String session(int operation) {
        return history.sessionName(history.session(operation)).toString();
    }

    /** {@code q=7}. */
    String written(int writer) {
        return history.keyName(history.writeKey(writer, 0)) + "=" + value(history.writeValue(writer, 0));
    }

    /** {@code q=⊥}: what an operation read of a key. */
    String read(int reader, int key) {
        for (int i = 0; i < history.readCount(reader); i++) {
            if (history.readKey(reader, i) == key) {
                return history.keyName(key) + "=" + value(history.readValue(reader, i));
            }
        }
        return history.keyName(key) + "=?";
    }

    String key(int key) {
        return history.keyName(key).toString();
    }

    /** {@code at 812 ms}, or {@code at event 17} where no time was recorded; empty for what never ended. */
    String when(int operation) {
        long nanos = history.endedNanos(operation);
        if (nanos == History.ABSENT) {
            nanos = history.invokedNanos(operation);
        }
        return nanos == History.ABSENT ? " (operation " + history.index(operation) + ")" : " at " + millis(nanos);
    }

    /** How long after one operation ended another was invoked: {@code 120 ms}; empty where no time was recorded. */
    String gap(int earlier, int later) {
        long end = history.endedNanos(earlier);
        long start = history.invokedNanos(later);
        return end == History.ABSENT || start == History.ABSENT ? "" : millis(Math.max(0, start - end)) + " ";
    }

    private String verb(int operation) {
        if (history.writeCount(operation) > 0) {
            String wrote = "wrote " + written(operation);
            return history.readCount(operation) > 0
                    ? "changed " + read(operation, history.readKey(operation, 0)) + " to "
                            + value(history.writeValue(operation, 0))
                    : wrote;
        }
        if (history.readCount(operation) == 1) {
            return "read " + read(operation, history.readKey(operation, 0));
        }
        StringBuilder state = new StringBuilder("read {");
        for (int i = 0; i < history.readCount(operation); i++) {
            state.append(i == 0 ? "" : ", ")
                    .append(key(history.readKey(operation, i)))
                    .append(": ")
                    .append(value(history.readValue(operation, i)));
        }
        return state.append("}").toString();
    }

    private String where(int operation) {
        int node = history.node(operation);
        if (node == History.NONE) {
            return "";
        }
        return (history.writeCount(operation) > 0 ? " on " : " from ") + history.nodeName(node);
    }

    private String value(int value) {
        Value found = history.value(value);
        return found.isNil() ? "⊥" : found.toString();
    }

    private static String millis(long nanos) {
        if (nanos % 1_000_000 == 0 || nanos >= 100_000_000) {
            return nanos / 1_000_000 + " ms";
        }
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1_000_000.0);
    }
}
