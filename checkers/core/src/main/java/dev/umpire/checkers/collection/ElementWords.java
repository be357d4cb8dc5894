package dev.umpire.checkers.collection;

import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;

/** Sentences about the elements of sets, lists and queues. */
public final class ElementWords {
    private final History history;
    private final Words words;

    public ElementWords(History history, Words words) {
        this.history = history;
        this.words = words;
    }

    /** {@code session 1 added 5 to x at n1 (10 ms to 11 ms, acknowledged)}. */
    public String did(int operation, int key, Value element) {
        String verb = switch (history.functionName(history.function(operation))) {
            case "add" -> " added ";
            case "append", "txn", "read", "write" -> " appended ";
            case "enqueue" -> " enqueued ";
            default -> " removed ";
        };
        return words.session(operation) + verb + words.value(element) + (verb.equals(" removed ") ? " from " : " to ")
                + words.key(key) + words.atNode(operation) + " (" + words.span(operation) + ", "
                + words.outcome(operation)
                + ")";
    }

    /** {@code session 2 dequeued 5 from x at n1 (12 ms to 13 ms)}. */
    public String dequeued(int operation, int key, Value element) {
        return words.session(operation) + " dequeued " + words.value(element) + " from " + words.key(key)
                + words.atNode(operation) + " (" + words.span(operation) + ")";
    }
}
