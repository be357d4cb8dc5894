package dev.umpire.harness.launcher;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** What is to be done later: connections carried on that hold something back, or reset again. Lives on the proxy's thread alone. */
final class Wakes {

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final PriorityQueue<Wake> queue =
            new PriorityQueue<>((one, other) -> Long.signum(one.dueNanos - other.dueNanos));

    private record Wake(long dueNanos, Runnable deed) {}

    /** Lets something be done at a time of {@link System#nanoTime}. */
    void at(long dueNanos, Runnable deed) {
        queue.add(new Wake(dueNanos, deed));
    }

    /** How long a selector may wait until the next of them, 1 or more; 0: for ever, as there is none. */
    long millisToNext() {
        Wake next = queue.peek();
        if (next == null) {
            return 0;
        }
        long leftNanos = next.dueNanos - System.nanoTime();
        return Math.max(1, (leftNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }

    /** Does what is due. */
    void proceed() {
        for (Wake next = queue.peek(); next != null && next.dueNanos - System.nanoTime() <= 0; next = queue.peek()) {
            queue.remove();
            next.deed.run();
        }
    }
}
