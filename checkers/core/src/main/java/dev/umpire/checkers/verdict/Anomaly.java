package dev.umpire.checkers.verdict;

import java.util.List;

/**
 * One violation with the operations that prove it.
 *
 * @param kind the anomaly's name, in capitals: {@code STALE_OWN_READ}, {@code ABORTED_READ}
 * @param key the key's name as people write it; empty where several keys take part
 * @param sentence plain English: who did what, where, when, and which fact makes it impossible
 * @param operations the numbers of the witness operations in their history, in the order in which they are to be told;
 *     the operation that violates stands last
 * @param details further lines for people, such as the configurations that a search was left with; may be empty
 */
public record Anomaly(String kind, String key, String sentence, List<Integer> operations, List<String> details) {
    public Anomaly {
        details = List.copyOf(details);
        operations = List.copyOf(operations);
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("operations: found none, expected at least one witness");
        }
    }

    /** An anomaly of which the sentence says all. */
    public Anomaly(String kind, String key, String sentence, List<Integer> operations) {
        this(kind, key, sentence, operations, List.of());
    }
}
