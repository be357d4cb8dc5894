package dev.umpire.checkers.convergence;

import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Figure;
import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What happened to the elements of all sets, lists, queues and logs, counted; one anomaly for each kind and element of a key. */
final class Losses {
    private record Told(String kind, String key, Value element) {}

    private final History history;
    private final Anomalies anomalies;
    private final Set<Told> told = new HashSet<>();
    private final Map<String, Long> count = new HashMap<>();
    private long obliged;
    private long examined;

    Losses(History history, Anomalies anomalies) {
        this.history = history;
        this.anomalies = anomalies;
    }

    /** So many elements had to be, or had not to be, in what so many operations returned. */
    void oblige(long elements, long operations) {
        obliged += elements;
        examined += operations;
    }

    long obliged() {
        return obliged;
    }

    long examined() {
        return examined;
    }

    /** Counts what breaks nothing. */
    void count(String figure) {
        count.merge(figure, 1L, Long::sum);
    }

    boolean isTold(String kind, String key, Value element) {
        return told.contains(new Told(kind, key, element));
    }

    /** Adds an anomaly, unless this kind was told of the element. */
    void add(
            String figure,
            String kind,
            String key,
            Value element,
            Supplier<String> sentence,
            List<Integer> operations) {
        if (!told.add(new Told(kind, key, element))) {
            return;
        }
        count(figure);
        long distance =
                (long) history.invoked(operations.get(operations.size() - 1)) - history.invoked(operations.get(0));
        anomalies.add(operations.size(), distance, () -> new Anomaly(kind, key, sentence.get(), operations));
    }

    List<Figure> figures() {
        return List.of("lost", "stale", "recovered", "resurrected", "duplicated", "reordered", "phantom").stream()
                .map(name -> Figure.count(name, count.getOrDefault(name, 0L)))
                .toList();
    }
}
