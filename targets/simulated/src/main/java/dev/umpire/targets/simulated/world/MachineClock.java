package dev.umpire.targets.simulated.world;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.Node;

/**
 * The clocks of one machine: one that only ever goes forward, for leases and timeouts, and one that tells the time of day
 * and may jump. Both run at the machine's own rate, which is a little off and may be disturbed.
 *
 * <p>Bounds: the rate is off by at most {@link #MOST_DRIFT_PER_MILLION}, the time of day by at most half a second, beside
 * what a fault does to either.
 */
final class MachineClock {
    static final int MOST_DRIFT_PER_MILLION = 100;
    private static final long MOST_OFFSET_NANOS = 500_000_000;
    private static final long MILLION = 1_000_000;

    private final Environment environment;
    private final int ownDriftPerMillion;
    private long wallOffsetNanos;
    private int driftPerMillion;
    private long fromNanos;
    private long shownNanos;

    MachineClock(Environment environment, Node node) {
        this.environment = environment;
        KeyedRandom.Stream stream = environment.random().stream("world/clock/" + node);
        this.shownNanos = stream.between(0, MOST_OFFSET_NANOS, 0);
        this.ownDriftPerMillion = (int) stream.between(-MOST_DRIFT_PER_MILLION, MOST_DRIFT_PER_MILLION, 1);
        this.driftPerMillion = ownDriftPerMillion;
        this.wallOffsetNanos = stream.between(-MOST_OFFSET_NANOS, MOST_OFFSET_NANOS, 2) - shownNanos;
    }

    /** Never goes back. */
    long steadyNanos() {
        long passed = environment.nowNanos() - fromNanos;
        return shownNanos + passed + passed * driftPerMillion / MILLION;
    }

    /** The time of day, as nanoseconds since the world began; below zero where the clock is behind then. */
    long wallNanos() {
        return steadyNanos() + wallOffsetNanos;
    }

    /** How long this machine's clock needs in truth to show that so much has passed. */
    long trueNanos(long clockNanos) {
        return clockNanos - clockNanos * driftPerMillion / MILLION;
    }

    /** The time of day jumps, and both clocks run so much faster than they do by themselves. */
    void disturb(long jumpNanos, int partsPerMillion) {
        shownNanos = steadyNanos();
        fromNanos = environment.nowNanos();
        wallOffsetNanos += jumpNanos;
        driftPerMillion = ownDriftPerMillion + partsPerMillion;
    }
}
