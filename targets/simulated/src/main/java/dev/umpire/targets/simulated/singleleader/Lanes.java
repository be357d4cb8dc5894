package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.targets.simulated.world.Host;

/**
 * A follower's workers that apply entries side by side: those of one key in order, those of different keys in any (SL9). What one
 * worker has not applied yet can be missing from a read that shows later entries of another.
 */
final class Lanes {
    private static final int COUNT = 3;
    private static final long MOST_NANOS = 12_000_000;

    private final Host host;
    private final Ledger ledger;
    private final KeyedRandom.Stream delays;
    private final long[] freeNanos = new long[COUNT];
    private long entries;
    private long waiting;
    private long generation;

    Lanes(Host host, Ledger ledger) {
        this.host = host;
        this.ledger = ledger;
        this.delays = host.random("lanes");
    }

    /** Hands the entries up to an index to the workers. */
    void apply(long index) {
        if (index <= ledger.applied()) {
            return;
        }
        for (Entry entry : ledger.skipTo(index)) {
            long now = host.clockNanos();
            int lane = Math.floorMod(entry.key().toString().hashCode(), COUNT);
            long doneNanos = Math.max(now, freeNanos[lane]) + delays.between(0, MOST_NANOS, entries++) / COUNT;
            freeNanos[lane] = doneNanos;
            long begun = generation;
            waiting++;
            host.schedule(doneNanos - now, () -> {
                if (begun == generation) {
                    waiting--;
                    if (entry.changesKey()) {
                        host.trace(() -> "has applied " + entry.inWords());
                    }
                    ledger.show(entry);
                }
            });
        }
    }

    /** How many entries are with the workers. */
    long waiting() {
        return waiting;
    }

    /** Takes back what the workers have not applied yet. */
    void clear() {
        generation++;
        waiting = 0;
    }
}
