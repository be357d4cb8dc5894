package dev.umpire.checkers.prefix;

import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;

/** How operations are told in the sentences of this package, in the words that all sentences share. */
final class Deeds {
    private final History history;
    private final Words words;

    Deeds(History history) {
        this.history = history;
        words = Words.of(history);
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

    /** {@code q=7}. */
    String written(int writer) {
        return words.key(history.writeKey(writer, 0)) + "=" + words.value(history.writeValue(writer, 0));
    }

    /** {@code q=nil}: the first key that an operation read, and its value. */
    String read(int reader) {
        return words.key(history.readKey(reader, 0)) + "=" + words.value(history.readValue(reader, 0));
    }

    String key(int key) {
        return words.key(key);
    }

    /** {@code 812 ms}: when the operation ended, or began if it never ended. */
    String when(int operation) {
        return history.ended(operation) == History.NEVER ? words.invoked(operation) : words.ended(operation);
    }

    /** {@code 120 ms before}. */
    String gapBefore(int earlier, int later) {
        return words.gapBefore(earlier, later);
    }

    private String verb(int operation) {
        if (history.writeCount(operation) > 0) {
            return history.readCount(operation) > 0
                    ? "changed " + read(operation) + " to " + words.value(history.writeValue(operation, 0))
                    : "wrote " + written(operation);
        }
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
