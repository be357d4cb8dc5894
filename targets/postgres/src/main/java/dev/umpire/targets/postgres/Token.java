package dev.umpire.targets.postgres;

import java.util.concurrent.atomic.AtomicLong;

/** How far a session has seen the log, in bytes from its beginning. It survives reconnects. Thread-safe. */
final class Token {

    private final AtomicLong place = new AtomicLong();

    long place() {
        return place.get();
    }

    void advance(long seen) {
        place.accumulateAndGet(seen, Math::max);
    }
}
