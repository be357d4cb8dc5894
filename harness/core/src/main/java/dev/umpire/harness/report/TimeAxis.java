package dev.umpire.harness.report;

import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.OptionalLong;

/**
 * Where events stand on the time axis of a page: at microseconds since the run began, or, in a recording that lacks a time,
 * at their positions.
 */
final class TimeAxis {
    private static final long NANOS_PER_MICRO = 1_000;

    private final History history;
    private final long originNanos;
    private final boolean timed;

    TimeAxis(History history, Words words) {
        this.history = history;
        originNanos = words.originNanos();
        timed = hasTimes(history);
    }

    private static boolean hasTimes(History history) {
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.invokedNanos(operation) == History.ABSENT) {
                return false;
            }
        }
        return history.size() > 0;
    }

    /** Whether the axis shows times and not positions. */
    boolean timed() {
        return timed;
    }

    long invoked(int operation) {
        return timed ? micros(history.invokedNanos(operation)) : history.invoked(operation);
    }

    /** Its last event; its invocation where it has no other. */
    long ended(int operation) {
        long ended = history.endedNanos(operation);
        if (timed) {
            return ended == History.ABSENT ? invoked(operation) : micros(ended);
        }
        return Surrounding.end(history, operation);
    }

    /** A moment of a fault, told by its time and its position. */
    OptionalLong moment(OptionalLong nanos, int position) {
        if (!timed) {
            return OptionalLong.of(position);
        }
        return nanos.isPresent() ? OptionalLong.of(micros(nanos.getAsLong())) : nanos;
    }

    private long micros(long nanos) {
        return Math.floorDiv(nanos - originNanos, NANOS_PER_MICRO);
    }
}
