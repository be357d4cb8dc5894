package dev.umpire.checkers.convergence;

import dev.umpire.checkers.order.CausalPast;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Siblings;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The acknowledged writes that final reads with siblings do not return, though no write was made by somebody who knew of them.
 * Whatever the write order: only causality replaces a sibling. One anomaly for each write.
 */
final class LostSiblings {
    private final Register register;
    private final History history;
    private final CausalPast past;
    private final Words words;
    private final Anomalies anomalies;

    LostSiblings(Register register, CausalPast past, Words words, Anomalies anomalies) {
        this.register = register;
        this.history = register.history();
        this.past = past;
        this.words = words;
        this.anomalies = anomalies;
    }

    /** Judges the final reads, which are not faulty. */
    void collect(List<Integer> finalReads) {
        missing(finalReads, past).forEach((write, read) -> lost(write, register.operation(read)));
    }

    /** Whether nothing is lost even if no write replaces more than it certainly knew of. */
    boolean isNothingLost(List<Integer> finalReads, CausalPast certain) {
        return missing(finalReads, certain).isEmpty();
    }

    /** By the acknowledged writes that are in no other write's past, the first read that does not return them. */
    private Map<Integer, Integer> missing(List<Integer> finalReads, CausalPast known) {
        Map<Integer, Set<Value>> shown = new HashMap<>();
        for (int read : finalReads) {
            shown.put(read, Siblings.shown(history, register.operation(read)));
        }
        Map<Integer, Integer> missing = new LinkedHashMap<>();
        for (int operation : heads(known)) {
            Value value = history.value(history.writeValue(operation, 0));
            finalReads.stream()
                    .filter(read -> !shown.getOrDefault(read, Set.of()).contains(value))
                    .findFirst()
                    .ifPresent(read -> missing.put(operation, read));
        }
        return missing;
    }

    private List<Integer> heads(CausalPast known) {
        List<Integer> writes = new ArrayList<>();
        List<Integer> acknowledged = new ArrayList<>();
        for (int w = 0; w < register.writeCount(); w++) {
            writes.add(register.operationOfWrite(w));
            if (register.isAcknowledged(w)) {
                acknowledged.add(register.operationOfWrite(w));
            }
        }
        return known.heads(acknowledged, writes);
    }

    private void lost(int write, int read) {
        int key = register.key();
        Set<Value> shown = Siblings.shown(history, read);
        anomalies.add(
                2,
                (long) history.invoked(read) - history.invoked(write),
                () -> new Anomaly(
                        "LOST_WRITE",
                        words.key(key),
                        words.wrote(write, key) + ", and nobody who had seen it wrote to " + words.key(key)
                                + " after it, but the final read of " + words.who(read) + " returned "
                                + (shown.isEmpty()
                                        ? "nothing"
                                        : shown.stream().map(words::value).collect(Collectors.joining(", "))),
                        List.of(write, read)));
    }
}
