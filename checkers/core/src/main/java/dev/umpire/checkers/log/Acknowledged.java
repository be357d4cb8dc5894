package dev.umpire.checkers.log;

import dev.umpire.checkers.log.Partition.Entry;
import dev.umpire.checkers.log.Partition.Placed;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;

/** The acknowledged messages of a partition whose offset is known, in the order of their offsets. */
final class Acknowledged {
    private final long[] offsets;
    private final List<Placed> placed;

    /**
     * Those of a partition.
     *
     * @param places where its messages stand
     */
    Acknowledged(History history, Partition partition, Map<Value, Map<Long, Entry>> places) {
        NavigableMap<Long, Placed> found = new TreeMap<>();
        for (Entry send : partition.sent()) {
            if (history.outcome(send.operation()) != Outcome.OK) {
                continue;
            }
            if (send.hasOffset()) {
                found.putIfAbsent(send.offset(), new Placed(send, send));
            } else {
                partition
                        .onlyPlace(send, places)
                        .ifPresent(one -> found.putIfAbsent(one.place().offset(), one));
            }
        }
        offsets = found.keySet().stream().mapToLong(Long::longValue).toArray();
        placed = List.copyOf(found.values());
    }

    /** Those between two offsets, without these. */
    List<Placed> between(long low, long high) {
        int from = firstFrom(low + 1);
        return placed.subList(from, Math.max(from, firstFrom(high)));
    }

    /** Those between two offsets, without these and the others. */
    List<Placed> between(long low, long high, NavigableSet<Long> others) {
        List<Placed> all = between(low, high);
        return all.isEmpty() || others.subSet(low, false, high, false).isEmpty()
                ? all
                : all.stream()
                        .filter(one -> !others.contains(one.place().offset()))
                        .toList();
    }

    private int firstFrom(long offset) {
        int found = Arrays.binarySearch(offsets, offset);
        return found < 0 ? -found - 1 : found;
    }
}
