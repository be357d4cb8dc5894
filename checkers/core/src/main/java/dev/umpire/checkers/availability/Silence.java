package dev.umpire.checkers.availability;

import dev.umpire.histories.History;

/**
 * A time in which operations of one function were asked for and none was acknowledged.
 *
 * @param function {@code read}, {@code write}, ...
 * @param fromNanos the first moment at which one was under way
 * @param untilNanos when the next one was acknowledged, or else when the last one was given up
 * @param ended whether one was acknowledged; if not, nobody knows how long the silence would have lasted
 * @param asked the operation that was under way first
 * @param acknowledged the operation that ended the silence, or {@link History#NONE}
 */
public record Silence(String function, long fromNanos, long untilNanos, boolean ended, int asked, int acknowledged) {

    public Silence {
        if (untilNanos < fromNanos) {
            throw new IllegalArgumentException(
                    "untilNanos: found " + untilNanos + ", expected " + fromNanos + " or more");
        }
    }

    /** How long it lasted; at least so long where it did not end. */
    public long nanos() {
        return untilNanos - fromNanos;
    }

    /** As much of it as is before a moment. */
    Silence before(long nanos) {
        return untilNanos <= nanos
                ? this
                : new Silence(function, fromNanos, Math.max(fromNanos, nanos), false, asked, History.NONE);
    }
}
