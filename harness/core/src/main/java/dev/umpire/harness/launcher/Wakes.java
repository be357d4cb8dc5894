package dev.umpire.harness.launcher;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** When connections are to be carried on that hold something back. Lives on the proxy's thread alone. */
final class Wakes {

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final PriorityQueue<Wake> queue =
            new PriorityQueue<>((one, other) -> Long.signum(one.dueNanos - other.dueNanos));

    private record Wake(long dueNanos, ProxiedConnection connection) {}

    /** Lets a connection be carried on at a time of {@link System#nanoTime}. */
    void at(long dueNanos, ProxiedConnection connection) {
        queue.add(new Wake(dueNanos, connection));
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

    /** Carries those on that are due. */
    void proceed() {
        for (Wake next = queue.peek(); next != null && next.dueNanos - System.nanoTime() <= 0; next = queue.peek()) {
            queue.remove();
            next.connection.proceed();
        }
    }
}
