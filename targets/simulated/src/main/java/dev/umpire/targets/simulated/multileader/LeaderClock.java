package dev.umpire.targets.simulated.multileader;

import dev.umpire.targets.simulated.world.Host;

/**
 * The clock by which a leader dates its changes.
 *
 * <p>Hybrid logical clock (Kulkarni, Demirbas, Madappa, Avva, Leone: <i>Logical Physical Clocks</i>, OPODIS 2014): later
 * than everything that the leader has heard of, however far the clocks are apart. Without that, the machine's own clock.
 */
final class LeaderClock {
    private final Host host;
    private final boolean hybrid;
    private long newestNanos;
    private long newestCount;

    LeaderClock(Host host, boolean hybrid) {
        this.host = host;
        this.hybrid = hybrid;
    }

    /** The time of a change that is made now, the {@code sequence}-th of this leader. */
    Timestamp next(long sequence) {
        long now = host.wallClockNanos();
        if (!hybrid) {
            return new Timestamp(now, sequence, host.address());
        }
        if (now > newestNanos) {
            newestNanos = now;
            newestCount = 0;
        } else {
            newestCount++;
        }
        return new Timestamp(newestNanos, newestCount, host.address());
    }

    /** A change of this time is known here. */
    void heardOf(Timestamp time) {
        if (time.nanos() > newestNanos) {
            newestNanos = time.nanos();
            newestCount = time.count();
        } else if (time.nanos() == newestNanos) {
            newestCount = Math.max(newestCount, time.count());
        }
    }
}
