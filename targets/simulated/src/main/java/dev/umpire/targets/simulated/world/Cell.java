package dev.umpire.targets.simulated.world;

import dev.umpire.harness.environment.KeyedRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of one value that is replaced as a whole: a new file is written, then renamed.
 *
 * <p>After a crash it holds what was synced, or one of the replacements that came later, drawn; never a part of one, as a file that
 * was not written to its end has no other's name yet.
 *
 * @param <T> an immutable value
 */
public final class Cell<T> implements DiskFile {
    private T written;
    private T underWay;
    private T kept;
    private boolean changed;
    private boolean syncing;

    Cell(T initial) {
        this.written = initial;
        this.underWay = initial;
        this.kept = initial;
    }

    public T get() {
        return written;
    }

    /** Replaces the value; a crash before the next sync may bring an old one back. */
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
        syncing = true;
        changed = false;
    }

    @Override
    public void complete() {
        kept = underWay;
        syncing = false;
    }

    @Override
    public int crash(KeyedRandom.Stream survival, long index) {
        List<T> renamed = new ArrayList<>(List.of(kept));
        if (syncing) {
            renamed.add(underWay);
        }
        if (changed) {
            renamed.add(written);
        }
        T survivor = renamed.get(survival.below(renamed.size(), index));
        int lost = written.equals(survivor) ? 0 : 1;
        holdOnly(survivor);
        return lost;
    }

    private void holdOnly(T value) {
        written = value;
        underWay = value;
        kept = value;
        syncing = false;
        changed = false;
    }

    @Override
    public Runnable backup() {
        T now = kept;
        return () -> holdOnly(now);
    }
}
