package dev.umpire.targets.simulated.world;

import dev.umpire.harness.environment.KeyedRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of records to which a process appends, and whose end it may cut off.
 *
 * <p>After a crash it holds what was synced or, if its end was cut off later, perhaps what was left then, and of what was appended
 * the first few: as many as are drawn. The record after them may be torn, which means that it ends too early and nothing is behind
 * it, or corrupted, with whole ones behind it.
 * Every record has a checksum, as that of a real log, so that the log ends before it; where there is none it is taken for whole
 * half of the time.
 *
 * @param <T> immutable records
 */
public final class LogFile<T> implements DiskFile {
    private static final double TAKEN_FOR_WHOLE = 0.5;
    private static final double TORN = 0.5;
    private static final long DAMAGE_DRAWS = 1;

    // what each draw of a damaged record is for
    private static final long TAKEN_DRAW = 0;
    private static final long TORN_DRAW = 1;
    private static final long BIT_DRAW = 2;
    private static final long BEHIND_DRAW = 3;

    private final Optional<DamagedRecord<T>> takenForWhole;

    private final List<T> written = new ArrayList<>();
    /** Only ever longer: what is to be cut off is cut off a copy, so that backups share it. */
    private List<T> kept = new ArrayList<>();

    private int changedFrom;
    private boolean changed;
    private boolean underWay;
    private int underWayFrom;
    private List<T> underWayTail = List.of();

    /**
     * A new one.
     *
     * @param takenForWhole how a damaged record reads that nothing tells from a whole one; empty: checksums tell them all
     */
    LogFile(Optional<DamagedRecord<T>> takenForWhole) {
        this.takenForWhole = takenForWhole;
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

    /** Keeps the first few records of a tail, or not even that something was cut off; tells whether all of it happened. */
    private boolean keepSome(int from, List<T> tail, KeyedRandom.Stream survival, long index) {
        boolean cuts = from < kept.size();
        int happened = survival.below(tail.size() + (cuts ? 2 : 1), index);
        if (cuts && happened == 0) {
            return false;
        }
        int survivors = cuts ? happened - 1 : happened;
        keep(from, tail.subList(0, survivors));
        if (takenForWhole.isPresent() && survivors < tail.size()) {
            List<T> rest = tail.subList(survivors, tail.size());
            keep(from + survivors, damaged(takenForWhole.get(), rest, survival.split(DAMAGE_DRAWS), index));
        }
        return survivors == tail.size();
    }

    /** What is taken for whole of records of which the first was damaged. */
    private static <T> List<T> damaged(DamagedRecord<T> record, List<T> tail, KeyedRandom.Stream draws, long index) {
        KeyedRandom.Stream ofThis = draws.split(index);
        if (!ofThis.chance(TAKEN_FOR_WHOLE, TAKEN_DRAW)) {
            return List.of();
        }
        if (ofThis.chance(TORN, TORN_DRAW)) {
            return List.of(record.of(tail.get(0), Damage::torn));
        }
        long bits = ofThis.bits(BIT_DRAW);
        List<T> read = new ArrayList<>(tail.subList(0, 1 + ofThis.below(tail.size(), BEHIND_DRAW)));
        read.set(0, record.of(tail.get(0), value -> Damage.corrupted(value, bits)));
        return read;
    }
}
