package dev.umpire.checkers.causal;

import java.util.List;
import java.util.function.Supplier;

/**
 * What a few operations show.
 *
 * @param kind the name of the anomaly
 * @param key the key that it is about; {@link dev.umpire.histories.History#NONE} if there are several
 * @param told who did what, and why it cannot be; made when it is asked for
 * @param nodes in the order in which they are told; the one that violates stands last
 */
record Violation(String kind, int key, Supplier<String> told, List<Integer> nodes) {
    Violation {
        nodes = List.copyOf(nodes);
    }

    Violation(String kind, int key, String sentence, List<Integer> nodes) {
        this(kind, key, () -> sentence, nodes);
    }

    String sentence() {
        return told.get();
    }
}
