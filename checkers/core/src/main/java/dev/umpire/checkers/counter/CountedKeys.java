package dev.umpire.checkers.counter;

import dev.umpire.histories.History;
import dev.umpire.histories.NemesisEvent;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.agrona.collections.IntArrayList;

/** Which keys are counters, who changed and who read them. */
final class CountedKeys {
    private final History history;
    private final Map<Integer, IntArrayList> changes = new HashMap<>();
    private final Map<Integer, List<int[]>> reads = new HashMap<>();
    private final Map<Integer, Integer> strange = new HashMap<>();
    /** Also by changes that failed. */
    private final BitSet counters = new BitSet();
    /** To which somebody added, as one does to a set too. */
    private final BitSet added = new BitSet();
    /** Of which anything was read but nil, which is an empty set too. */
    private final BitSet filled = new BitSet();

    private final boolean marked;
    private final int lastFault;

    private CountedKeys(History history) {
        this.history = history;
        boolean any = false;
        for (int o = 0; o < history.size(); o++) {
            any |= history.isFinal(o);
            note(o);
        }
        if (!(history.value(history.initialValue()) instanceof Value.Int)) {
            added.and(filled);
        }
        counters.or(added);
        marked = any;
        int last = -1;
        for (NemesisEvent event : history.nemesisEvents()) {
            last = Math.max(last, event.position());
        }
        lastFault = last;
    }

    static CountedKeys of(History history) {
        return new CountedKeys(history);
    }

    private void note(int operation) {
        boolean failed = history.outcome(operation) == Outcome.FAIL;
        int key = history.key(operation);
        String name = history.functionName(history.function(operation));
        switch (name) {
            case "increment", "decrement", "add" -> {
                (name.equals("add") ? added : counters).set(key);
                if (!failed) {
                    changes.computeIfAbsent(key, k -> new IntArrayList()).addInt(operation);
                }
            }
            case "read", "get", "snapshot" -> {
                if (history.writeCount(operation) > 0 && !failed) {
                    strange(operation);
                }
                for (int i = 0; i < history.readCount(operation); i++) {
                    if (history.readValue(operation, i) != History.NIL) {
                        filled.set(history.readKey(operation, i));
                    }
                    reads.computeIfAbsent(history.readKey(operation, i), k -> new ArrayList<>())
                            .add(new int[] {operation, history.readValue(operation, i)});
                }
            }
            default -> {
                if (!failed) {
                    strange(operation);
                }
            }
        }
    }

    private void strange(int operation) {
        if (history.key(operation) != History.NONE) {
            strange.putIfAbsent(history.key(operation), operation);
        }
        for (int i = 0; i < history.writeCount(operation); i++) {
            strange.putIfAbsent(history.writeKey(operation, i), operation);
        }
        for (int i = 0; i < history.readCount(operation); i++) {
            strange.putIfAbsent(history.readKey(operation, i), operation);
        }
    }

    /** Whether somebody tried to count there. */
    boolean isCounter(int key) {
        return counters.get(key);
    }

    /** The first function that no counter has. */
    Optional<String> strangeFunction(int key) {
        return Optional.ofNullable(strange.get(key)).map(history::function).map(history::functionName);
    }

    /** The changes that did not fail, in the order of their invocations. */
    int[] changes(int key) {
        IntArrayList found = changes.get(key);
        return found == null ? new int[0] : found.toIntArray();
    }

    /** The OK reads of the key, each with the value id that it returned, in the order of their invocations. */
    List<int[]> reads(int key) {
        return reads.getOrDefault(key, List.of());
    }

    /** How the final reads were found, for a verdict. */
    String phrase() {
        return marked ? "final reads as marked" : "last read of each node after all changes and faults as final reads";
    }

    /** Which of these reads are final, as indices into them, by the ends of the reads. */
    List<Integer> finalReads(List<Integer> all, int settled) {
        Map<Integer, Integer> last = new TreeMap<>();
        List<Integer> finals = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            int read = all.get(i);
            if (history.invoked(read) <= settled) {
                continue;
            }
            if (marked && history.isFinal(read)) {
                finals.add(i);
            } else if (!marked && history.invoked(read) > lastFault) {
                last.put(history.node(read), i);
            }
        }
        finals.addAll(last.values());
        finals.sort((a, b) -> Integer.compare(history.completed(all.get(a)), history.completed(all.get(b))));
        return finals;
    }
}
