package dev.umpire.checkers.online;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts the reads of a session and key that come after another read of it, while writes that they returned may still
 * fail, which makes them reads of nothing.
 */
final class ObligedReads {
    private record Pending(Optional<OrderedWrite> source, long invoked, long ended) {
        boolean isOpen() {
            return source.isPresent() && source.get().isOpen();
        }

        boolean isFailed() {
            return source.isPresent() && source.get().isFailed();
        }
    }

    private final List<Pending> pending = new ArrayList<>(0);
    private long earliest = Operation.NEVER;
    private long certain;

    /** A read of the initial value, or of a write that did not fail so far. */
    void add(Optional<OrderedWrite> source, Operation read) {
        pending.add(new Pending(source, read.invoked(), read.ended()));
        settle();
    }

    /** A write settled, perhaps one that was read here. */
    void settle() {
        if (pending.isEmpty() || pending.stream().anyMatch(Pending::isOpen)) {
            return;
        }
        certain = count();
        earliest = earliestOfAll();
        pending.clear();
    }

    long count() {
        long count = certain;
        long first = earliestOfAll();
        for (Pending read : pending) {
            count += !read.isFailed() && first < read.invoked() ? 1 : 0;
        }
        return count;
    }

    private long earliestOfAll() {
        long first = earliest;
        for (Pending read : pending) {
            first = read.isFailed() ? first : Math.min(first, read.ended());
        }
        return first;
    }

    int pending() {
        return pending.size();
    }
}
