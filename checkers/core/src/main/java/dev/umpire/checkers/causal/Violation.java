package dev.umpire.checkers.causal;

import java.util.List;

/**
 * What a few operations show.
 *
 * @param kind the name of the anomaly
 * @param key the key that it is about; {@link dev.umpire.histories.History#NONE} if there are several
 * @param sentence who did what, and why it cannot be
 * @param nodes in the order in which they are told; the one that violates stands last
 */
record Violation(String kind, int key, String sentence, List<Integer> nodes) {
    Violation {
        nodes = List.copyOf(nodes);
    }
}
