package dev.umpire.targets.simulated.singleleader;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.world.Cell;
import dev.umpire.targets.simulated.world.Disk;
import dev.umpire.targets.simulated.world.LogFile;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one node holds: the log, how far it is known to be committed, the epoch and the vote (on disk), and the registers
 * that follow from the log up to {@link #applied} (in memory).
 */
final class Ledger {
    /** The most entries of one message. */
    private static final int BATCH = 512;

    private final Disk disk;
    private final LogFile<Entry> log;
    private final Cell<Long> committed;
    private final Cell<Ballot> ballot;
    private final boolean mayTakeBack;
    private final Map<Value, Value> registers = new HashMap<>();
    private long applied;

    Ledger(Disk disk, boolean mayTakeBack) {
        this.disk = disk;
        this.mayTakeBack = mayTakeBack;
        this.log = disk.log("log");
        this.committed = disk.cell("committed", 0L);
        this.ballot = disk.cell("ballot", new Ballot(1, Protocol.NOBODY));
        if (committed.get() > log.size()) {
            // a diverged tail was cut off and the crash came before the sync: only a log that may be taken back has
            // that
            committed.set((long) log.size());
        }
        apply(committed.get());
    }

    long epoch() {
        return ballot.get().epoch();
    }

    /** For whom this node voted in its epoch, or {@link Protocol#NOBODY}. */
    int votedFor() {
        return ballot.get().votedFor();
    }

    void enter(long epoch, int votedFor) {
        ballot.set(new Ballot(epoch, votedFor));
    }

    long lastIndex() {
        return log.size();
    }

    /** The epoch of the entry at this index; 0 before the first and after the last. */
    long epochAt(long index) {
        return index < 1 || index > log.size() ? 0 : log.get((int) index - 1).epoch();
    }

    /** The index before the first entry of the epoch that the entry at this index has. */
    long beforeEpochOf(long index) {
        long epoch = epochAt(index);
        long before = index;
        while (before > 0 && epochAt(before) == epoch) {
            before--;
        }
        return before;
    }

    /** Appends an entry of this node's own; returns its index. */
    long append(Entry entry) {
        log.append(entry);
        return log.size();
    }

    /** Takes over a leader's entries after an index at which the logs match; cuts off a tail that differs. */
    void adopt(long previousIndex, List<Entry> entries) {
        long index = previousIndex;
        for (Entry entry : entries) {
            index++;
            if (index <= log.size() && epochAt(index) != entry.epoch()) {
                cutAfter(index - 1);
            }
            if (index > log.size()) {
                log.append(entry);
            }
        }
    }

    private void cutAfter(long index) {
        if (index < Math.max(applied, committed.get())) {
            if (!mayTakeBack) {
                throw new IllegalStateException("log: told to cut off after " + index + ", expected " + applied
                        + " or more, which was applied, and " + committed.get() + " or more, which was committed");
            }
            registers.clear();
            applied = 0;
            committed.set(Math.min(committed.get(), index));
            log.truncate((int) index);
            apply(committed.get());
            return;
        }
        log.truncate((int) index);
    }

    /** The entries after an index, up to {@code last}, as many as one message holds. */
    List<Entry> batch(long after, long last) {
        return log.copy((int) after, (int) Math.min(last, after + BATCH));
    }

    /** Notes that the log is committed up to an index; it never goes back. */
    void commit(long index) {
        if (index > committed.get()) {
            committed.set(index);
        }
    }

    long committed() {
        return committed.get();
    }

    /** Up to which index the registers show the log. */
    long applied() {
        return applied;
    }

    /** Lets the registers show the log up to an index. */
    void apply(long index) {
        while (applied < index) {
            Entry entry = log.get((int) applied);
            applied++;
            if (!entry.barrier()) {
                registers.put(entry.key(), entry.value());
            }
        }
    }

    Value read(Value key) {
        return registers.getOrDefault(key, Value.NIL);
    }

    /** A map from each key to its value, in the order of the keys. */
    Value read(List<Value> keys) {
        Map<Value, Value> snapshot = new LinkedHashMap<>();
        for (Value key : keys) {
            snapshot.put(key, read(key));
        }
        return new Value.MapOf(snapshot);
    }

    boolean durable() {
        return disk.clean();
    }

    void sync(Runnable done) {
        disk.sync(done);
    }

    /**
     * What a node may not forget of elections.
     *
     * @param votedFor the address of the candidate that has this node's vote in this epoch
     */
    private record Ballot(long epoch, int votedFor) {}
}
