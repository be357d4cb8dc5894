package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.world.KeyRanges;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What the log says of a change: DDIA, chapter 5, implementation of replication logs. */
enum LogFormat {
    /** What was asked for: {@code append x 7}. Every node runs it; what the leader alone can choose, an id say, it has put in. */
    STATEMENT,
    /** What the row is then: {@code write x [3 7]}. */
    LOGICAL,
    /** What the page is then on which the row lies, with all other rows of it, as a write-ahead log says it. */
    PHYSICAL;

    private static final KeyRanges PAGES = new KeyRanges(8);

    /**
     * The entry that says of a change what this format does.
     *
     * @param before all rows before it
     */
    Entry logged(Entry change, Map<Value, Value> before) {
        return switch (this) {
            case STATEMENT -> change;
            case LOGICAL -> new Entry(change.epoch(), Request.WRITE, change.key(), after(change, before));
            case PHYSICAL -> page(change, before);
        };
    }

    /** Some rows in the order of what their keys are in words, which is the same in every process: traces print it. */
    static Map<Value, Value> inOrder(Map<Value, Value> rows, Predicate<Value> which) {
        Map<Value, Value> ordered = new LinkedHashMap<>();
        rows.entrySet().stream()
                .filter(row -> which.test(row.getKey()))
                .sorted(Comparator.comparing(row -> row.getKey().toString()))
                .forEach(row -> ordered.put(row.getKey(), row.getValue()));
        return ordered;
    }

    private static Value after(Entry change, Map<Value, Value> before) {
        return change.after(before.getOrDefault(change.key(), Value.NIL));
    }

    private static Entry page(Entry change, Map<Value, Value> before) {
        int page = PAGES.partition(change.key());
        Map<Value, Value> rows = inOrder(before, key -> PAGES.partition(key) == page);
        rows.put(change.key(), after(change, before));
        return Entry.page(change.epoch(), page, rows);
    }
}
