package dev.umpire.targets.simulated.world;

import dev.umpire.harness.environment.KeyedRandom;

/**
 * A file of one value that is replaced as a whole.
 *
 * @param <T> an immutable value
 */
public final class Cell<T> implements DiskFile {
    private T written;
    private T underWay;
    private T kept;
    private boolean changed;

    Cell(T initial) {
        this.written = initial;
        this.underWay = initial;
        this.kept = initial;
    }

    public T get() {
        return written;
    }

    /** Replaces the value; a crash before the next sync may bring the old one back. */
    public void set(T value) {
        written = value;
        changed = true;
    }

    @Override
    public boolean changed() {
        return changed;
    }

    @Override
    public void begin() {
        underWay = written;
        changed = false;
    }

    @Override
    public void complete() {
        kept = underWay;
    }

    @Override
    public int crash(KeyedRandom.Stream survival, long index) {
        // an unsynced replacement is lost: the renaming of a file that nobody synced is seldom on the disk
        int lost = written.equals(kept) ? 0 : 1;
        written = kept;
        underWay = kept;
        changed = false;
        return lost;
    }

    @Override
    public Runnable backup() {
        T now = kept;
        return () -> {
            written = now;
            underWay = now;
            kept = now;
            changed = false;
        };
    }
}
