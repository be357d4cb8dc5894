package dev.umpire.harness.report;

import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;

/** What a table tells of the operations of a history: each cell is short and fit to be shown. */
final class Cells {
    private static final int LONGEST = 60;
    /** Keys and values of one operation that are named. */
    private static final int MOST_NAMED = 6;

    private final History history;

    Cells(History history) {
        this.history = history;
    }

    String session(int operation) {
        return clipped(history.sessionName(history.session(operation)));
    }

    /** Empty where none was recorded. */
    String node(int operation) {
        int node = history.node(operation);
        return node == History.NONE ? "" : SafeText.clipped(history.nodeName(node), LONGEST);
    }

    String function(int operation) {
        return SafeText.clipped(history.functionName(history.function(operation)), LONGEST);
    }

    /** The key; of an operation on several, those that it read and wrote. */
    String key(int operation) {
        if (history.key(operation) != History.NONE) {
            return key(history.keyName(history.key(operation)));
        }
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < history.readCount(operation); i++) {
            keys.add(key(history.keyName(history.readKey(operation, i))));
        }
        for (int i = 0; i < history.writeCount(operation); i++) {
            keys.add(key(history.keyName(history.writeKey(operation, i))));
        }
        return joined(keys.stream().distinct().toList());
    }

    /**
     * What was read, what was written, or {@code 1 → 2} of an operation that did both; of one that did neither to its key,
     * such as the removal of an element, its argument.
     */
    String value(int operation) {
        List<String> read = new ArrayList<>();
        for (int i = 0; i < history.readCount(operation); i++) {
            read.add(named(operation, history.readKey(operation, i), history.readValue(operation, i)));
        }
        List<String> written = new ArrayList<>();
        for (int i = 0; i < history.writeCount(operation); i++) {
            written.add(named(operation, history.writeKey(operation, i), history.writeValue(operation, i)));
        }
        if (read.isEmpty()
                && written.isEmpty()
                && history.key(operation) != History.NONE
                && history.argument(operation) != History.NIL) {
            return text(history.argument(operation));
        }
        return joined(read) + (read.isEmpty() || written.isEmpty() ? "" : " → ") + joined(written);
    }

    /** {@code ok}, {@code failed} or {@code unknown}. */
    String outcome(int operation) {
        return switch (history.outcome(operation)) {
            case OK -> "ok";
            case FAIL -> "failed";
            case INFO -> "unknown";
        };
    }

    private String named(int operation, int key, int value) {
        String text = text(value);
        return history.key(operation) != History.NONE ? text : key(history.keyName(key)) + "=" + text;
    }

    private String text(int value) {
        Value found = history.value(value);
        return found instanceof Value.Text ? '"' + clipped(found) + '"' : clipped(found);
    }

    private static String key(Value name) {
        return name.isNil() ? "" : clipped(name);
    }

    private static String clipped(Value value) {
        return SafeText.clipped(value.toString(), LONGEST);
    }

    private static String joined(List<String> parts) {
        String named = String.join(", ", parts.subList(0, Math.min(parts.size(), MOST_NAMED)));
        return parts.size() <= MOST_NAMED ? named : named + ", … (" + (parts.size() - MOST_NAMED) + " more)";
    }
}
