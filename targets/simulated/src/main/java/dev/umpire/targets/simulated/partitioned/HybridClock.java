package dev.umpire.targets.simulated.partitioned;

import dev.umpire.targets.simulated.world.Cell;
import dev.umpire.targets.simulated.world.Host;

/** The time of one node; it never goes back, and it outlives a crash as far as it was promised. */
final class HybridClock {
    /** How far a new ceiling is above what is promised. The next process begins that much too late at most. */
    private static final long AHEAD_NANOS = 200_000_000;

    private final Host host;
    private final Cell<Long> ceiling;
    private long newest;
    private long syncedCeiling;

    HybridClock(Host host) {
        this.host = host;
        this.ceiling = host.disk().cell("ceiling", 0L);
        this.syncedCeiling = ceiling.get();
        this.newest = syncedCeiling;
    }

    /** The time now, not before {@code after}. */
    long now(long after) {
        heardOf(Math.max(host.wallClockNanos(), after));
        return newest;
    }

    /** A time later than {@code after} and than all that this node has heard of. */
    long next(long after) {
        heardOf(after);
        newest = Math.max(newest + 1, host.wallClockNanos());
        return newest;
    }

    /** Somebody's clock was so far. */
    void heardOf(long time) {
        newest = Math.max(newest, time);
    }

    /** From now on every {@link #next} is later than this: in this process, and after the next sync in all that follow. */
    void promise(long time) {
        heardOf(time);
        if (ceiling.get() - time < AHEAD_NANOS / 2) {
            long raised = time + AHEAD_NANOS;
            ceiling.set(raised);
            host.disk().sync(() -> syncedCeiling = Math.max(syncedCeiling, raised));
        }
    }

    /** Whether a promise of this time would outlive a crash now. */
    boolean outlives(long time) {
        return time <= syncedCeiling;
    }
}
