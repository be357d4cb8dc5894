package dev.umpire.targets.simulated.singleleader;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.world.Cell;
import dev.umpire.targets.simulated.world.Disk;
import dev.umpire.targets.simulated.world.LogFile;
import java.util.ArrayList;
import java.util.Collections;
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
    private final Cell<Base> base;
    private LogFile<Entry> log;
    private final Cell<Committed> committed;
    private final Cell<Ballot> ballot;
    private final boolean mayTakeBack;
    private final Map<Value, Value> registers = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long applied;

    /**
     * What is on a disk.
     *
     * @param founders who the members are before the log says anything else
     */
    Ledger(Disk disk, Rules rules, Members founders) {
        this.disk = disk;
        this.mayTakeBack = rules.mayTakeBack();
        this.base = disk.cell("base", new Base(0, 0, Map.of(), founders));
        this.log = openLog();
        this.committed = disk.cell("committed", Committed.NOTHING);
        this.ballot = disk.cell("ballot", new Ballot(1, Protocol.NOBODY));
        findChanges();
        beginAtBase();
        long surely = surelyCommitted();
        if (surely != committed()) {
            noteCommitted(surely);
        }
        apply(surely);
    }

    /**
     * Up to where this log is the one that was committed. No file waits for another where nothing is synced: what is noted may
     * be of entries that this log lost, or that were to replace others which are here still.
     */
    private long surelyCommitted() {
        Committed noted = committed.get();
        long surely = baseIndex();
        for (Place place : List.of(noted.known(), noted.applied())) {
            if (place.index() <= lastIndex() && epochAt(place.index()) == place.epoch()) {
                surely = Math.max(surely, place.index());
            }
        }
        return surely;
    }

    private void noteCommitted(long index) {
        committed.set(new Committed(placeOf(index), placeOf(applied)));
    }

    private Place placeOf(long index) {
        return new Place(index, epochAt(index));
    }

    private LogFile<Entry> openLog() {
        return disk.log(base.get().logName(), Entry::withArgument);
    }

    private void findChanges() {
        changes.clear();
        for (long index = baseIndex() + 1; index <= lastIndex(); index++) {
            note(index, at(index));
        }
    }

    private void note(long index, Entry entry) {
        entry.members().ifPresent(members -> changes.add(new Change(index, members)));
    }

    /** The members, by the last that the log says of them, committed or not. */
    Members members() {
        return changes.isEmpty()
                ? base.get().members()
                : changes.get(changes.size() - 1).members();
    }

    /** The members by what the log says up to an index that is not before {@link #baseIndex}. */
    Members membersAt(long index) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (changes.get(i).index() <= index) {
                return changes.get(i).members();
            }
        }
        return base.get().members();
    }

    /** Whether the last change of the members is committed. */
    boolean membersAgreed() {
        return changes.isEmpty() || changes.get(changes.size() - 1).index() <= committed();
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

    private void beginAtBase() {
        registers.clear();
        registers.putAll(base.get().registers());
        applied = base.get().index();
    }

    long lastIndex() {
        return base.get().index() + log.size();
    }

    /** The index after which the entries are kept; what was before is in a snapshot only. */
    long baseIndex() {
        return base.get().index();
    }

    /** The entry at an index after {@link #baseIndex}. */
    private Entry at(long index) {
        return log.get((int) (index - baseIndex()) - 1);
    }

    /** The epoch of the entry at this index; 0 where it is not known: before the base and after the last. */
    long epochAt(long index) {
        if (index == baseIndex()) {
            return base.get().epoch();
        }
        return index < baseIndex() || index > lastIndex() ? 0 : at(index).epoch();
    }

    /** Whether the entry at this index is one of this epoch; what is in a snapshot was committed, and agrees with everybody. */
    boolean agrees(long index, long epoch) {
        return index < baseIndex() || epochAt(index) == epoch;
    }

    /** The index before the first entry of the epoch that the entry at this index has. */
    long beforeEpochOf(long index) {
        long epoch = epochAt(index);
        long before = index;
        while (before > baseIndex() && epochAt(before) == epoch) {
            before--;
        }
        return before;
    }

    /** Appends an entry of this node's own; returns its index. */
    long append(Entry entry) {
        log.append(entry);
        note(lastIndex(), entry);
        return lastIndex();
    }

    /** Takes over a leader's entries after an index at which the logs match; cuts off a tail that differs. */
    void adopt(long previousIndex, List<Entry> entries) {
        long index = previousIndex;
        for (Entry entry : entries) {
            index++;
            if (index <= lastIndex() && !agrees(index, entry.epoch())) {
                cutAfter(index - 1);
            }
            if (index > lastIndex()) {
                append(entry);
            }
        }
    }

    private void cutAfter(long index) {
        changes.removeIf(change -> change.index() > index);
        if (index < Math.max(applied, committed())) {
            if (!mayTakeBack) {
                throw new IllegalStateException("log: told to cut off after " + index + ", expected " + applied
                        + " or more, which was applied, and " + committed() + " or more, which was committed");
            }
            beginAtBase();
            log.truncate((int) (index - baseIndex()));
            noteCommitted(Math.min(committed(), index));
            apply(committed());
            return;
        }
        log.truncate((int) (index - baseIndex()));
    }

    /** The entries after an index, up to {@code last}, as many as one message holds. */
    List<Entry> batch(long after, long last) {
        return log.copy((int) (after - baseIndex()), (int) (Math.min(last, after + BATCH) - baseIndex()));
    }

    /** Notes that the log is committed up to an index; it never goes back. */
    void commit(long index) {
        if (index > committed()) {
            noteCommitted(index);
        }
    }

    long committed() {
        return committed.get().known().index();
    }

    /** Up to which index the registers show the log. */
    long applied() {
        return applied;
    }

    /** Lets the registers show the log up to an index. */
    void apply(long index) {
        while (applied < index) {
            applied++;
            show(at(applied));
        }
    }

    /** Lets {@link #applied} be an index of which the registers will show all entries later; they are returned. */
    List<Entry> skipTo(long index) {
        List<Entry> skipped = log.copy((int) (applied - baseIndex()), (int) (index - baseIndex()));
        applied = index;
        return skipped;
    }

    /** Lets the registers show one entry. */
    void show(Entry entry) {
        entry.show(registers);
    }

    /** What all entries make of the registers, those that are not applied yet among them. */
    Map<Value, Value> latest() {
        Map<Value, Value> latest = new HashMap<>(registers);
        for (long index = applied + 1; index <= lastIndex(); index++) {
            at(index).show(latest);
        }
        return latest;
    }

    /** What the applied entries make of the registers. */
    Map<Value, Value> registers() {
        return Collections.unmodifiableMap(LogFormat.inOrder(registers, key -> true));
    }

    /** Takes a snapshot of committed entries in place of all that is here; the log begins anew after it, in a file of its own. */
    void install(long index, long epoch, Map<Value, Value> shown, Members members) {
        Place appliedBefore = placeOf(applied);
        base.set(new Base(index, epoch, shown, members));
        changes.clear();
        log = openLog();
        if (log.size() > 0) {
            log.truncate(0);
        }
        committed.set(new Committed(new Place(index, epoch), appliedBefore));
        beginAtBase();
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
     * What stands before the first entry of the log.
     *
     * @param index of the last entry that is in it; 0: there is nothing before the first entry
     * @param epoch of that entry
     * @param registers what they are after it
     * @param members who they are after it
     */
    private record Base(long index, long epoch, Map<Value, Value> registers, Members members) {
        String logName() {
            return index == 0 ? "log" : "log after " + index;
        }
    }

    /** An entry of the log: two logs that have the same one agree up to it (Ongaro, Ousterhout, Raft, 2014, section 5.3). */
    private record Place(long index, long epoch) {}

    /**
     * What a node knows to be committed.
     *
     * @param known up to where
     * @param applied what it had applied when it noted this: entries that its disk had, and sessions may have read
     */
    private record Committed(Place known, Place applied) {
        private static final Committed NOTHING = new Committed(new Place(0, 0), new Place(0, 0));
    }

    /** From an index on these are the members. */
    private record Change(long index, Members members) {}

    /**
     * What a node may not forget of elections.
     *
     * @param votedFor the address of the candidate that has this node's vote in this epoch
     */
    private record Ballot(long epoch, int votedFor) {}
}
