package dev.umpire.targets.simulated.world;

import dev.umpire.harness.environment.KeyedRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A file of records to which a process appends, and whose end it may cut off.
 *
 * <p>After a crash it holds what was synced and, of what was appended later, the first few: as many as are drawn. The record
 * after them may be on the disk in part, or damaged. Every record has a checksum, as that of a real log, so that it is not taken
 * for one; a store that has none takes it for one half of the time.
 *
 * @param <T> immutable records
 */
public final class LogFile<T> implements DiskFile {
    private static final double TORN = 0.5;
    private static final long TORN_DRAWS = 1;

    private final List<T> written = new ArrayList<>();
    /** Only ever longer: what is to be cut off is cut off a copy, so that backups share it. */
    private List<T> kept = new ArrayList<>();

    private int changedFrom;
    private boolean changed;
    private boolean underWay;
    private int underWayFrom;
    private List<T> underWayTail = List.of();
    private Optional<UnaryOperator<T>> torn = Optional.empty();

    LogFile() {}

    /** From now on a record that was not whole is taken for one, and is what this makes of it. */
    void takesForWhole(UnaryOperator<T> half) {
        torn = Optional.of(half);
    }

    /** How many records it has. */
    public int size() {
        return written.size();
    }

    /** A record, counted from 0. */
    public T get(int number) {
        return written.get(number);
    }

    /** A copy of the records from {@code from} to {@code to - 1}. */
    public List<T> copy(int from, int to) {
        return List.copyOf(written.subList(from, to));
    }

    /** Adds a record at the end. */
    public void append(T line) {
        written.add(line);
        changed = true;
    }

    /** Cuts off everything after the first {@code size} records. */
    public void truncate(int size) {
        written.subList(size, written.size()).clear();
        changedFrom = Math.min(changedFrom, size);
        changed = true;
    }

    @Override
    public boolean changed() {
        return changed;
    }

    @Override
    public void begin() {
        underWay = true;
        underWayFrom = changedFrom;
        underWayTail = changed ? List.copyOf(written.subList(changedFrom, written.size())) : List.of();
        changedFrom = written.size();
        changed = false;
    }

    @Override
    public void complete() {
        keep(underWayFrom, underWayTail);
        underWay = false;
    }

    private void keep(int from, List<T> tail) {
        if (from < kept.size()) {
            kept = new ArrayList<>(kept.subList(0, from));
        }
        kept.addAll(tail);
    }

    @Override
    public int crash(KeyedRandom.Stream survival, long index) {
        int before = written.size();
        boolean reached = true;
        if (underWay) {
            reached = keepSome(underWayFrom, underWayTail, survival, 2 * index);
            underWay = false;
        }
        if (reached && changed) {
            keepSome(changedFrom, List.copyOf(written.subList(changedFrom, written.size())), survival, 2 * index + 1);
        }
        written.clear();
        written.addAll(kept);
        changedFrom = kept.size();
        changed = false;
        return Math.max(0, before - kept.size());
    }

    @Override
    public Runnable backup() {
        List<T> now = kept;
        int size = now.size();
        return () -> {
            kept = new ArrayList<>(now.subList(0, size));
            written.clear();
            written.addAll(kept);
            changedFrom = size;
            changed = false;
            underWay = false;
        };
    }

    /** Keeps the first few records of a tail; tells whether all of them. */
    private boolean keepSome(int from, List<T> tail, KeyedRandom.Stream survival, long index) {
        int survivors = survival.below(tail.size() + 1, index);
        if (survivors > 0) {
            keep(from, tail.subList(0, survivors));
        }
        if (torn.isPresent()
                && survivors < tail.size()
                && survival.split(TORN_DRAWS).chance(TORN, index)) {
            keep(from + survivors, List.of(torn.get().apply(tail.get(survivors))));
        }
        return survivors == tail.size() && survivors > 0;
    }
}
