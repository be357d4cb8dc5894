package dev.umpire.harness.target;

import java.time.Duration;

/**
 * How far a node's wall clock was found ahead of the run's.
 *
 * @param ahead negative: behind
 * @param error by which that may be wrong, either way; 0 or more: half of what the answer took, and half of the unit in which the
 *     store tells its time
 */
public record ClockReading(Duration ahead, Duration error) {
    public ClockReading {
        if (error.isNegative()) {
            throw new IllegalArgumentException("error: found " + error + ", expected 0 or more");
        }
    }
}
