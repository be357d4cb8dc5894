package dev.umpire.checkers.prefix;

import dev.umpire.checkers.register.Appends;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How operations are told in the sentences of this package, in the words that all sentences share. */
final class Deeds {
    private final History history;
    private final Words words;
    private final Appends appends;
    private final Functions functions;

    Deeds(History history) {
        this.history = history;
        words = Words.of(history);
        appends = Appends.of(history);
        functions = new Functions(history);
    }

    /** {@code session 4 read {q: nil, a: 12} at n3 (812 ms)}. */
    String did(int operation) {
        return words.session(operation) + " " + act(operation);
    }

    /** {@code read {q: nil, a: 12} at n3 (812 ms)}. */
    String act(int operation) {
        return verb(operation) + words.atNode(operation) + " (" + when(operation) + ")";
    }

    String session(int operation) {
        return words.session(operation);
    }

    /** {@code q=7}; of a list {@code 7 in q}. */
    String written(int writer, int key) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < history.writeCount(writer); i++) {
            if (history.writeKey(writer, i) == key) {
                values.add(words.value(history.writeValue(writer, i)));
            }
        }
        return appends.isAppend(writer, key)
                ? String.join(" and ", values) + " in " + words.key(key)
                : words.key(key) + "=" + values.get(values.size() - 1);
    }

    /** {@code q=7 and a=8}: all that the operation wrote. */
    String written(int writer) {
        Set<String> all = new LinkedHashSet<>();
        for (int i = 0; i < history.writeCount(writer); i++) {
            all.add(written(writer, history.writeKey(writer, i)));
        }
        return String.join(" and ", all);
    }

    /** {@code q=nil}: the first key that an operation read, and its value. */
    String read(int reader) {
        return words.key(history.readKey(reader, 0)) + "=" + words.value(history.readValue(reader, 0));
    }

    String key(int key) {
        return words.key(key);
    }

    /** {@code 812 ms}: when the operation ended, or began if nobody knows when it took effect. */
    String when(int operation) {
        return history.completed(operation) == History.NEVER ? words.invoked(operation) : words.ended(operation);
    }

    /** {@code 120 ms before}. */
    String gapBefore(int earlier, int later) {
        return words.gapBefore(earlier, later);
    }

    private String verb(int operation) {
        int reads = history.readCount(operation);
        if (history.writeCount(operation) == 0) {
            return observed(operation);
        }
        if (functions.isCas(operation)) {
            return reads == 0
                    ? "wrote " + written(operation)
                    : "changed " + read(operation) + " to " + words.value(history.writeValue(operation, 0));
        }
        Set<String> wrote = new LinkedHashSet<>();
        Set<String> appended = new LinkedHashSet<>();
        for (int i = 0; i < history.writeCount(operation); i++) {
            int key = history.writeKey(operation, i);
            if (appends.isAppend(operation, key)) {
                appended.add(written(operation, key).replace(" in ", " to "));
            } else {
                wrote.add(written(operation, key));
            }
        }
        List<String> parts = new ArrayList<>();
        if (reads > 0) {
            parts.add(observed(operation));
        }
        if (!wrote.isEmpty()) {
            parts.add("wrote " + String.join(" and ", wrote));
        }
        if (!appended.isEmpty()) {
            parts.add("appended " + String.join(" and ", appended));
        }
        return String.join(", and ", parts);
    }

    private String observed(int operation) {
        if (history.readCount(operation) == 1) {
            return "read " + read(operation);
        }
        StringBuilder state = new StringBuilder("read {");
        for (int i = 0; i < history.readCount(operation); i++) {
            state.append(i == 0 ? "" : ", ")
                    .append(words.key(history.readKey(operation, i)))
                    .append(": ")
                    .append(words.value(history.readValue(operation, i)));
        }
        return state.append("}").toString();
    }
}
