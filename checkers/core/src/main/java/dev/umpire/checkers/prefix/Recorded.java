package dev.umpire.checkers.prefix;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;

/**
 * The writes that took effect and what was seen of them: the history, or some of its operations, reduced to what a prefix
 * is judged by. Writes are numbered from 0 in the order of their invocations.
 *
 * <p>A key is left out when its reads cannot be told apart (a value written twice, the initial value written) or when a
 * function other than read, write, cas and snapshot touches it. A read of a value that nobody wrote, that certainly did
 * not take effect, or that was written later, is left out too; integrity reports it.
 */
final class Recorded {
    /** In place of a write: the value that was there before every write. */
    static final int INITIAL = -1;
    /** In place of a write: what was read says nothing about the order. */
    static final int LEFT_OUT = -2;
    /** In place of a write: the write is no cas, and read nothing. */
    static final int NO_CAS = -3;

    final History history;
    /** The numbers of the operations under judgement, ascending. */
    final int[] operations;
    /** Which keys are judged; by key. */
    final boolean[] judged;
    /** How many keys with non-failed operations are not judged. */
    final int keysLeftOut;
    /** How many reads of judged keys are left out since integrity is broken. */
    final long readsLeftOut;
    /** How many OK operations read a judged key. */
    final long obliged;

    final int writes;
    /** The operation of each write. */
    final int[] writeOperation;
    /** The key of each write. */
    final int[] writeKey;
    /** By which event each write has certainly taken effect: acknowledged or seen. */
    final int[] evidence;
    /** The write from which each write's cas read, or {@link #INITIAL}, {@link #NO_CAS}. */
    final int[] casRead;

    /** Index into {@link #entryWrite} by index into {@link #operations}; one more at the end. */
    final int[] entryStart;
    /** The write that each read of a key returned, or {@link #INITIAL}, {@link #LEFT_OUT}. */
    final int[] entryWrite;

    /** Indexes into {@link #operations} of the observations of two judged keys or more. */
    final int[] snapshots;

    private Recorded(History history, int[] operations, boolean[] judged) {
        this.history = history;
        this.operations = operations;
        this.judged = judged;
        Candidates candidates = new Candidates(history, operations, judged);
        keysLeftOut = candidates.dropAmbiguousKeys();
        int size = operations.length;

        entryStart = new int[size + 1];
        for (int i = 0; i < size; i++) {
            entryStart[i + 1] = entryStart[i] + reads(operations[i]);
        }
        entryWrite = new int[entryStart[size]];
        int[] seenBy = new int[candidates.count];
        Arrays.fill(seenBy, History.NEVER);
        long faulty = 0;
        long counted = 0;
        int wide = 0;
        for (int i = 0; i < size; i++) {
            int operation = operations[i];
            int good = 0;
            for (int entry = entryStart[i]; entry < entryStart[i + 1]; entry++) {
                int key = history.readKey(operation, entry - entryStart[i]);
                int value = history.readValue(operation, entry - entryStart[i]);
                int write = LEFT_OUT;
                if (judged[key]) {
                    write = value == history.initialValue() ? INITIAL : candidates.find(key, value);
                    if (write >= 0 && history.invoked(candidates.operation[write]) > history.completed(operation)) {
                        write = LEFT_OUT;
                    }
                    if (write == LEFT_OUT) {
                        faulty++;
                    } else {
                        good++;
                    }
                }
                if (write >= 0) {
                    seenBy[write] = Math.min(seenBy[write], history.completed(operation));
                }
                entryWrite[entry] = write;
            }
            if (good > 0) {
                counted++;
            }
            if (good > 1) {
                wide++;
            }
        }
        readsLeftOut = faulty;
        obliged = counted;

        int[] number = new int[candidates.count];
        int effective = 0;
        for (int candidate = 0; candidate < candidates.count; candidate++) {
            int operation = candidates.operation[candidate];
            boolean counts = judged[candidates.key[candidate]]
                    && (history.outcome(operation) == Outcome.OK || seenBy[candidate] != History.NEVER);
            number[candidate] = counts ? effective++ : LEFT_OUT;
        }
        writes = effective;
        writeOperation = new int[writes];
        writeKey = new int[writes];
        evidence = new int[writes];
        casRead = new int[writes];
        Arrays.fill(casRead, NO_CAS);
        for (int candidate = 0; candidate < candidates.count; candidate++) {
            int write = number[candidate];
            if (write >= 0) {
                writeOperation[write] = candidates.operation[candidate];
                writeKey[write] = candidates.key[candidate];
                evidence[write] = Math.min(seenBy[candidate], history.completed(candidates.operation[candidate]));
            }
        }
        for (int entry = 0; entry < entryWrite.length; entry++) {
            if (entryWrite[entry] >= 0) {
                entryWrite[entry] = number[entryWrite[entry]];
            }
        }
        snapshots = new int[wide];
        findSnapshotsAndCas();
    }

    /** Everything that the history holds. */
    static Recorded of(History history) {
        int[] all = new int[history.size()];
        Arrays.setAll(all, operation -> operation);
        boolean[] judged = new boolean[history.keyCount()];
        Arrays.fill(judged, true);
        return new Recorded(history, all, judged);
    }

    /** These operations as if there were no others, and with the keys that are judged here. */
    Recorded restrictedTo(int[] some) {
        int[] sorted = some.clone();
        Arrays.sort(sorted);
        return new Recorded(history, sorted, judged.clone());
    }

    /** The operation of a snapshot by its number. */
    int snapshotOperation(int snapshot) {
        return operations[snapshots[snapshot]];
    }

    /** The key that an entry of the {@code i}-th operation is about. */
    int entryKey(int i, int entry) {
        return history.readKey(operations[i], entry - entryStart[i]);
    }

    boolean acknowledged(int write) {
        return history.completed(writeOperation[write]) != History.NEVER;
    }

    /** Whether the first write was acknowledged before the second was invoked. */
    boolean before(int first, int second) {
        return history.completed(writeOperation[first]) < history.invoked(writeOperation[second]);
    }

    boolean sameSession(int first, int second) {
        return history.session(writeOperation[first]) == history.session(writeOperation[second]);
    }

    /** How many keys the operation observed; nothing is read by what is not OK. */
    private int reads(int operation) {
        return history.outcome(operation) == Outcome.OK ? history.readCount(operation) : 0;
    }

    private void findSnapshotsAndCas() {
        int found = 0;
        int write = 0;
        for (int i = 0; i < operations.length; i++) {
            if (write < writes && writeOperation[write] == operations[i]) {
                if (entryStart[i + 1] > entryStart[i] && entryWrite[entryStart[i]] != LEFT_OUT) {
                    casRead[write] = entryWrite[entryStart[i]];
                }
                write++;
                continue;
            }
            int good = 0;
            for (int entry = entryStart[i]; entry < entryStart[i + 1]; entry++) {
                if (entryWrite[entry] != LEFT_OUT) {
                    good++;
                }
            }
            if (good > 1) {
                snapshots[found++] = i;
            }
        }
    }

    /** The writes that may have taken effect, and a table that finds them by what they wrote. */
    private static final class Candidates {
        private final History history;
        private final boolean[] judged;
        private final boolean[] dropped;
        private int count;
        private int[] operation = new int[16];
        private int[] key = new int[16];
        private int[] value = new int[16];
        private int[] table = new int[64]; // candidate + 1; open addressing, at most half full

        Candidates(History history, int[] operations, boolean[] judged) {
            this.history = history;
            this.judged = judged;
            dropped = new boolean[judged.length];
            Functions functions = new Functions(history);
            for (int each : operations) {
                if (history.outcome(each) == Outcome.FAIL) {
                    continue;
                }
                if (!functions.isRegister(each)) {
                    functions.keysOf(each, this::drop);
                } else if (history.writeCount(each) > 0) {
                    add(each, history.writeKey(each, 0), history.writeValue(each, 0));
                }
            }
        }

        /** Returns how many keys are dropped. */
        int dropAmbiguousKeys() {
            int keys = 0;
            for (int k = 0; k < judged.length; k++) {
                if (dropped[k]) {
                    judged[k] = false;
                }
                if (!judged[k]) {
                    keys++;
                }
            }
            return keys;
        }

        /** The write of this value, or {@link Recorded#LEFT_OUT}. */
        int find(int soughtKey, int soughtValue) {
            int found = table[slot(soughtKey, soughtValue)];
            return found == 0 ? LEFT_OUT : found - 1;
        }

        private void drop(int k) {
            dropped[k] = true;
        }

        private void add(int writer, int k, int v) {
            if (v == history.initialValue()) {
                drop(k);
                return;
            }
            int slot = slot(k, v);
            if (table[slot] != 0) {
                drop(k);
                return;
            }
            if (count == operation.length) {
                operation = Arrays.copyOf(operation, 2 * count);
                key = Arrays.copyOf(key, 2 * count);
                value = Arrays.copyOf(value, 2 * count);
            }
            operation[count] = writer;
            key[count] = k;
            value[count] = v;
            table[slot] = ++count;
            if (count * 2 > table.length) {
                table = new int[table.length * 4];
                for (int candidate = 0; candidate < count; candidate++) {
                    table[slot(key[candidate], value[candidate])] = candidate + 1;
                }
            }
        }

        private int slot(int k, int v) {
            long mixed = (((long) k << 32) | v) * 0x9E3779B97F4A7C15L;
            int slot = (int) (mixed >>> 33) & (table.length - 1);
            while (table[slot] != 0 && (key[table[slot] - 1] != k || value[table[slot] - 1] != v)) {
                slot = (slot + 1) & (table.length - 1);
            }
            return slot;
        }
    }
}
