package dev.umpire.targets.simulated.world;

import dev.umpire.harness.environment.KeyedRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of one value that is replaced as a whole: a new file is written to its end, then renamed.
 *
 * <p>After a crash it holds what was synced, or any of the replacements that came later, drawn: the renaming is what a crash may
 * undo. It never holds a part of one, as it does where a file is renamed before its content is on the disk (Pillai et al., OSDI
 * 2014); no store here does so.
 *
 * @param <T> an immutable value
 */
public final class Cell<T> implements DiskFile {
    private T written;
    private T kept;
    /** The replacements that a sync under way makes sure, the oldest first. */
    private List<T> underWay = List.of();
    /** Those that came after it began. */
    private List<T> unsynced = new ArrayList<>();

    Cell(T initial) {
        this.written = initial;
        this.kept = initial;
    }

    public T get() {
        return written;
    }

    /** Replaces the value; a crash before the next sync may bring an old one back. */
    public void set(T value) {
        written = value;
        unsynced.add(value);
    }

    @Override
    public boolean changed() {
        return !unsynced.isEmpty();
    }

    @Override
    public void begin() {
        underWay = unsynced;
        unsynced = new ArrayList<>();
    }

    @Override
    public void complete() {
        if (!underWay.isEmpty()) {
            kept = underWay.get(underWay.size() - 1);
            underWay = List.of();
        }
    }

    @Override
    public int crash(KeyedRandom.Stream survival, long index) {
        List<T> candidates = new ArrayList<>(List.of(kept));
        candidates.addAll(underWay);
        candidates.addAll(unsynced);
        T survivor = candidates.get(survival.below(candidates.size(), index));
        int lost = written.equals(survivor) ? 0 : 1;
        holdOnly(survivor);
        return lost;
    }

    private void holdOnly(T value) {
        written = value;
        kept = value;
        underWay = List.of();
        unsynced = new ArrayList<>();
    }

    @Override
    public Runnable backup() {
        T now = kept;
        return () -> holdOnly(now);
    }
}
