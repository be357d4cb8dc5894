package dev.umpire.harness.environment;

import java.time.Instant;

/** The machine's wall clock, against which the clocks of real nodes are held. Nothing of a run goes by it. */
public final class WallClock {

    private WallClock() {}

    /** What it says now. */
    public static Instant now() {
        return Instant.now();
    }
}
