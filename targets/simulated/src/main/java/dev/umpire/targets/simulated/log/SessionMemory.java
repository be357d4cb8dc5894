package dev.umpire.targets.simulated.log;

import java.util.NavigableMap;
import java.util.TreeMap;

/** What a session remembers over its reconnects. */
final class SessionMemory {
    private final NavigableMap<Integer, Long> next = new TreeMap<>();
    private boolean subscribed;

    /** The offset of a partition from which the session polls next. */
    long next(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    void moveTo(int partition, long offset) {
        next.put(partition, offset);
    }

    boolean isSubscribed() {
        return subscribed;
    }

    void subscribe() {
        subscribed = true;
    }
}
