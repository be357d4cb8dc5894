package dev.umpire.targets.redis;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How old reads were, straight from the definition: the time from the acknowledgement of the oldest write that is newer
 * than what was read to the invocation of the read. A write is newer if it was invoked after the other was acknowledged. A
 * lower bound, by a test of its own that shares no code with the checkers.
 */
record Staleness(List<StaleRead> staleReads, int reads) {

    /** A read that returned something that was certainly overwritten before it was asked for. */
    record StaleRead(int operation, long ageNanos, long invokedNanos) {}

    static Staleness of(History history) {
        Map<Integer, List<Integer>> writesOfKey = new HashMap<>();
        Map<Long, Integer> writerOfValue = new HashMap<>();
        for (int i = 0; i < history.size(); i++) {
            if (history.writeCount(i) == 1) {
                writerOfValue.put(place(history.writeKey(i, 0), history.writeValue(i, 0)), i);
                if (history.outcome(i) == Outcome.OK) {
                    writesOfKey
                            .computeIfAbsent(history.writeKey(i, 0), key -> new ArrayList<>())
                            .add(i);
                }
            }
        }
        writesOfKey.values().forEach(writes -> writes.sort(Comparator.comparingInt(history::completed)));
        List<StaleRead> stale = new ArrayList<>();
        int reads = 0;
        for (int i = 0; i < history.size(); i++) {
            for (int r = 0; r < history.readCount(i); r++) {
                reads++;
                int key = history.readKey(i, r);
                Integer writer = writerOfValue.get(place(key, history.readValue(i, r)));
                // the initial value is older than every write; one of unknown outcome is never certainly older
                int since = writer == null ? -1 : history.completed(writer);
                addIfStale(history, i, since, writesOfKey.getOrDefault(key, List.of()), stale);
            }
        }
        return new Staleness(stale, reads);
    }

    private static void addIfStale(
            History history, int read, int since, List<Integer> writesByAcknowledgement, List<StaleRead> stale) {
        for (int write : writesByAcknowledgement) {
            if (history.completed(write) >= history.invoked(read)) {
                return;
            }
            if (history.invoked(write) > since) {
                long age = history.invokedNanos(read) - history.endedNanos(write);
                stale.add(new StaleRead(read, age, history.invokedNanos(read)));
                return;
            }
        }
    }

    private static long place(int key, int value) {
        return (long) key << 32 | value;
    }

    /** The age that this part of all reads did not exceed; reads that were not stale are 0 old. */
    long quantileNanos(double part) {
        List<Long> ages = staleReads.stream().map(StaleRead::ageNanos).sorted().toList();
        int fresh = reads - ages.size();
        int rank = (int) Math.ceil(part * reads) - 1 - fresh;
        return rank < 0 ? 0 : ages.get(Math.min(rank, ages.size() - 1));
    }

    long mostNanos() {
        return staleReads.stream().mapToLong(StaleRead::ageNanos).max().orElse(0);
    }
}
