package dev.umpire.targets.simulated.world;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The disk of one machine. A write is seen by the process at once and survives a crash once a {@link #sync} that began after
 * it is complete; one sync runs at a time, and those asked for meanwhile are one.
 *
 * <p>From time to time what it surely holds is copied away; a fault may put one of these copies back.
 */
public final class Disk {
    private static final long LEAST_SYNC_NANOS = 100_000;
    private static final long MOST_SYNC_NANOS = 700_000;
    private static final long SLOWEST_SYNC_NANOS = 8_000_000;
    private static final long LEAST_BETWEEN_BACKUPS_NANOS = 100_000_000;
    private static final long MOST_BETWEEN_BACKUPS_NANOS = 600_000_000;
    private static final int MOST_BACKUPS = 4;
    private static final NetworkConditions LATENCY =
            new NetworkConditions(LEAST_SYNC_NANOS, MOST_SYNC_NANOS, SLOWEST_SYNC_NANOS, true, 0, 0);

    private final Environment environment;
    private final Host host;
    private final boolean checksums;
    private final KeyedRandom.Stream latency;
    private final KeyedRandom.Stream survival;
    private final Map<String, DiskFile> files = new LinkedHashMap<>();
    private final KeyedRandom.Stream backupTimes;
    private final ArrayDeque<Backup> backups = new ArrayDeque<>();
    private long nextBackupNanos;
    private long backupsTaken;
    private List<Runnable> waiting = new ArrayList<>();
    private boolean syncing;
    private long syncs;
    private long crashes;

    Disk(Environment environment, Host host, boolean checksums) {
        this.environment = environment;
        this.host = host;
        this.checksums = checksums;
        KeyedRandom.Stream root = environment.random().stream("world/disk/" + host.node());
        this.latency = root.split(0);
        this.survival = root.split(1);
        this.backupTimes = root.split(2);
        this.nextBackupNanos = backupGapNanos();
    }

    /**
     * The log of this name, empty when it is new. The same name must always be asked for with the same type.
     *
     * @param damaged how a record reads that a crash has damaged, where there are no checksums
     */
    @SuppressWarnings("unchecked") // a name has one type, that of the store that chose it
    public <T> LogFile<T> log(String name, DamagedRecord<T> damaged) {
        return (LogFile<T>) files.computeIfAbsent(
                name, absent -> new LogFile<>(checksums ? Optional.empty() : Optional.of(damaged)));
    }

    /** The cell of this name. The same name must always be asked for with the same type. */
    @SuppressWarnings("unchecked") // as above
    public <T> Cell<T> cell(String name, T initial) {
        return (Cell<T>) files.computeIfAbsent(name, absent -> new Cell<>(initial));
    }

    /** Whether everything that was written survives a crash. */
    public boolean clean() {
        if (syncing) {
            return false;
        }
        for (DiskFile file : files.values()) {
            if (file.changed()) {
                return false;
            }
        }
        return true;
    }

    /** Makes everything written so far survive, then calls {@code done} in the process. */
    public void sync(Runnable done) {
        waiting.add(done);
        if (!syncing) {
            begin();
        }
    }

    private void begin() {
        syncing = true;
        files.values().forEach(DiskFile::begin);
        List<Runnable> served = waiting;
        waiting = new ArrayList<>();
        long crashesBefore = crashes;
        environment.schedule(LATENCY.delayNanos(latency.bits(syncs++)), () -> {
            if (crashes == crashesBefore) {
                complete(served);
            }
        });
    }

    private void complete(List<Runnable> served) {
        files.values().forEach(DiskFile::complete);
        syncing = false;
        if (environment.nowNanos() >= nextBackupNanos) {
            backUp();
        }
        for (Runnable done : served) {
            host.runInProcess(done);
        }
        if (!syncing && !waiting.isEmpty()) {
            begin();
        }
    }

    /** What is written so far survives from now on; who asked for a sync is not told. */
    void flush() {
        if (syncing) {
            files.values().forEach(DiskFile::complete);
        }
        files.values().forEach(DiskFile::begin);
        files.values().forEach(DiskFile::complete);
    }

    /** The process is gone; tells how many records are lost that were not synced. */
    int crash() {
        long index = crashes++;
        long file = 0;
        int lost = 0;
        for (DiskFile each : files.values()) {
            lost += each.crash(survival.split(file++), index);
        }
        waiting.clear();
        syncing = false;
        return lost;
    }

    // copies

    private long backupGapNanos() {
        return backupTimes.between(LEAST_BETWEEN_BACKUPS_NANOS, MOST_BETWEEN_BACKUPS_NANOS, 2 * backupsTaken);
    }

    private void backUp() {
        Map<String, Runnable> contents = new LinkedHashMap<>();
        files.forEach((name, file) -> contents.put(name, file.backup()));
        backups.addLast(new Backup(environment.nowNanos(), contents));
        if (backups.size() > MOST_BACKUPS) {
            backups.removeFirst();
        }
        backupsTaken++;
        nextBackupNanos = environment.nowNanos() + backupGapNanos();
    }

    /** Forgets every file. */
    void wipe() {
        files.clear();
    }

    /** Puts a copy back that was taken at some time, and tells when; without any the disk is empty, as it was at 0. */
    long restore() {
        if (backups.isEmpty()) {
            wipe();
            return 0;
        }
        Backup chosen = List.copyOf(backups).get(backupTimes.below(backups.size(), 2 * crashes + 1));
        // the copies after it belong to a past that is no more
        while (backups.getLast().takenNanos() > chosen.takenNanos()) {
            backups.removeLast();
        }
        files.keySet().retainAll(chosen.contents().keySet());
        files.forEach((name, file) -> {
            Runnable putBack = chosen.contents().get(name);
            if (putBack != null) {
                putBack.run();
            }
        });
        return chosen.takenNanos();
    }

    /**
     * A copy of all files.
     *
     * @param contents what puts each file back, by name
     */
    private record Backup(long takenNanos, Map<String, Runnable> contents) {}
}
