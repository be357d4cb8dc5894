package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a witness says in plain English. */
final class Sentences {
    private final History history;
    private final Calls calls;
    private final Words words;

    Sentences(History history, Calls calls) {
        this.history = history;
        this.calls = calls;
        this.words = Words.of(history);
    }

    /**
     * Tells the violating operation first, then why there is no place for it.
     *
     * @param witness the violating operation last
     * @param minimal whether the times of these operations alone exclude every order
     */
    String of(List<Integer> witness, boolean minimal) {
        int violating = witness.get(witness.size() - 1);
        String what = deed(violating);
        if (witness.size() == 1) {
            return what + ", and no order of the operations explains it";
        }
        List<String> others = new ArrayList<>();
        for (int operation : witness.subList(0, witness.size() - 1)) {
            String gap = history.completed(operation) < history.invoked(violating)
                    ? ", " + words.gapBefore(operation, violating) + " that"
                    : "";
            others.add(deed(operation) + gap);
        }
        return what + ", and no order of the operations that keeps real time explains it"
                + (minimal ? ": " : "; the nearest operations: ") + String.join("; ", others);
    }

    /**
     * Tells of a read of something that nobody had written.
     *
     * @param read which of the values that the operation read
     * @param other the write of this value that failed or came later; -1 if there is none
     */
    String ofUnwritten(int operation, int read, int other) {
        String name = history.keyName(history.readKey(operation, read)).isNil()
                ? ""
                : words.key(history.readKey(operation, read)) + "=";
        return deed(operation) + ", but nobody had written " + name
                + words.value(history.readValue(operation, read)) + " by then"
                + (other == History.NONE ? "" : ": " + deed(other));
    }

    /** Who did what, where and when. */
    String deed(int operation) {
        boolean answered = history.outcome(operation) == Outcome.OK;
        Optional<String> object = words.objectDeed(operation);
        String result = "";
        if (object.isPresent()) {
            result = words.returned(operation)
                    .map(returned -> ", which " + returned)
                    .orElse("");
        } else if (answered
                && (history.writeCount(operation) == 0
                        || calls.function(operation).equals("txn"))) {
            result = result(operation);
        }
        return words.session(operation) + " " + object.orElseGet(() -> verb(operation)) + node(operation) + " ("
                + words.span(operation) + (answered && !result.isEmpty() ? "" : ", " + words.outcome(operation)) + ")"
                + result;
    }

    private String result(int operation) {
        if (calls.function(operation).equals("snapshot")) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < history.readCount(operation); i++) {
                parts.add(
                        words.key(history.readKey(operation, i)) + "=" + words.value(history.readValue(operation, i)));
            }
            return ", which returned " + String.join(", ", parts);
        }
        boolean reads = history.readCount(operation) > 0;
        return reads || history.result(operation) != History.NIL
                ? ", which returned " + words.value(history.result(operation))
                : "";
    }

    private String verb(int operation) {
        String function = calls.function(operation);
        int argument = history.argument(operation);
        String key = keyName(operation);
        return switch (function) {
            case "read", "get" -> "read" + (key.isEmpty() ? "" : " " + key);
            case "write", "put" -> "wrote " + (key.isEmpty() ? "" : key + "=") + words.value(argument);
            case "append" -> "appended " + words.value(argument) + (key.isEmpty() ? "" : " to " + key);
            case "cas" -> "changed " + (key.isEmpty() ? "the value" : key) + changed(operation);
            default ->
                "called " + Visible.text(function) + (key.isEmpty() ? "" : " of " + key)
                        + (argument == History.NIL ? "" : " with " + words.value(argument));
        };
    }

    private String changed(int operation) {
        String to = words.value(history.writeValue(operation, 0));
        if (history.readCount(operation) > 0) {
            return " from " + words.value(history.readValue(operation, 0)) + " to " + to;
        }
        return history.value(history.argument(operation)) instanceof Value.Sequence pair
                        && !pair.elements().isEmpty()
                ? " from " + Visible.text(pair.elements().get(0).toString()) + " to " + to
                : " to " + to;
    }

    private String keyName(int operation) {
        int key = history.key(operation);
        return key == History.NONE || history.keyName(key).isNil() ? "" : words.key(key);
    }

    private String node(int operation) {
        return history.node(operation) == History.NONE
                ? ""
                : " at " + Visible.text(history.nodeName(history.node(operation)));
    }
}
