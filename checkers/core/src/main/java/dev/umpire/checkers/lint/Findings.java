package dev.umpire.checkers.lint;

import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Counts mistakes by kind and keeps the first of each, in the order of the recording. */
final class Findings {
    private final History history;
    private final Map<Mistake, Building> kinds = new EnumMap<>(Mistake.class);

    Findings(History history) {
        this.history = history;
    }

    /** One mistake; the sentence is made only for the first of its kind. */
    void add(Mistake mistake, int operation, Supplier<String> sentence) {
        add(mistake, 1, operation, sentence);
    }

    /** So many mistakes of a kind, shown by one operation. */
    void add(Mistake mistake, long count, int operation, Supplier<String> sentence) {
        Building kind = kinds.computeIfAbsent(mistake, key -> new Building());
        kind.count += count;
        if (kind.count == count || history.invoked(operation) < history.invoked(kind.operation)) {
            kind.operation = operation;
            kind.sentence = sentence;
        }
    }

    List<Finding> all() {
        List<Finding> all = new ArrayList<>();
        kinds.forEach(
                (mistake, kind) -> all.add(new Finding(mistake, kind.count, kind.operation, kind.sentence.get())));
        return all;
    }

    private static final class Building {
        private long count;
        private int operation;
        private Supplier<String> sentence = () -> "";
    }
}
