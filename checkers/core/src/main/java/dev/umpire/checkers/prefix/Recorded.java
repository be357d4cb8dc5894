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
    /** The numbers of the operations under judgement, ascending; nothing where it is all of them. */
    private final int[] some;

    private final int size;
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

    /** Index into {@link #entryWrite} by index of {@link #operation}; one more at the end. */
    final int[] entryStart;
    /** The write that each read of a key returned, or {@link #INITIAL}, {@link #LEFT_OUT}. */
    final int[] entryWrite;

    /**
     * Indexes, of {@link #operation}, of the reads that restrict the order of all writes, cas apart: those of two judged
     * keys or more; those of one too, where places of observations are promised.
     */
    final int[] observations;

    /** What is judged. */
    final Promise promise;

    private boolean anyCas;

    private Recorded(History history, int[] some, int size, boolean[] judged, Promise promise) {
        this.promise = promise;
        this.history = history;
        this.some = some;
        this.size = size;
        this.judged = judged;
        Candidates candidates = new Candidates(this);
        keysLeftOut = candidates.dropAmbiguousKeys();

        entryStart = new int[size + 1];
        for (int i = 0; i < size; i++) {
            entryStart[i + 1] = entryStart[i] + reads(operation(i));
        }
        entryWrite = new int[entryStart[size]];
        int[] seenBy = new int[candidates.count];
        Arrays.fill(seenBy, History.NEVER);
        long faulty = 0;
        long counted = 0;
        int wide = 0;
        for (int i = 0; i < size; i++) {
            int operation = operation(i);
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
            if (good >= leastSights() && !isCas(operation)) {
                wide++;
            }
        }
        readsLeftOut = faulty;
        obliged = counted;

        int[] number = seenBy; // a candidate's proof is no longer needed once its number is known
        int[] operationOf = candidates.operation;
        int[] keyOf = candidates.key;
        int[] proof = candidates.releaseValues();
        int effective = 0;
        for (int candidate = 0; candidate < candidates.count; candidate++) {
            int operation = operationOf[candidate];
            if (judged[keyOf[candidate]]
                    && (history.outcome(operation) == Outcome.OK || seenBy[candidate] != History.NEVER)) {
                operationOf[effective] = operation;
                keyOf[effective] = keyOf[candidate];
                proof[effective] = Math.min(seenBy[candidate], history.completed(operation));
                number[candidate] = effective++;
            } else {
                number[candidate] = LEFT_OUT;
            }
        }
        writes = effective;
        writeOperation = trimmed(operationOf, writes);
        writeKey = trimmed(keyOf, writes);
        evidence = trimmed(proof, writes);
        for (int entry = 0; entry < entryWrite.length; entry++) {
            if (entryWrite[entry] >= 0) {
                entryWrite[entry] = number[entryWrite[entry]];
            }
        }
        casRead = new int[writes];
        Arrays.fill(casRead, NO_CAS);
        observations = new int[wide];
        findObservationsAndCas();
    }

    /** Everything that the history holds. */
    static Recorded of(History history, Promise promise) {
        boolean[] judged = new boolean[history.keyCount()];
        Arrays.fill(judged, true);
        return new Recorded(history, new int[0], history.size(), judged, promise);
    }

    /** These operations as if there were no others, and with the keys that are judged here. */
    Recorded restrictedTo(int[] part) {
        int[] sorted = part.clone();
        Arrays.sort(sorted);
        return new Recorded(history, sorted, sorted.length, judged.clone(), promise);
    }

    /** How many operations are under judgement. */
    int size() {
        return size;
    }

    /** The number of the {@code i}-th operation under judgement; ascending. */
    int operation(int i) {
        return some.length == 0 ? i : some[i];
    }

    /** The operation of an observation by its number. */
    int observationOperation(int observation) {
        return operation(observations[observation]);
    }

    /** The key that an entry of the {@code i}-th operation is about. */
    int entryKey(int i, int entry) {
        return history.readKey(operation(i), entry - entryStart[i]);
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

    /** How many keys an observation must have seen to have a node of its own. */
    private int leastSights() {
        return promise == Promise.MONOTONIC ? 1 : 2;
    }

    /** Whether some effective write is a cas of which is known what it read. */
    boolean anyCas() {
        return anyCas;
    }

    private boolean isCas(int operation) {
        return history.writeCount(operation) > 0;
    }

    private static int[] trimmed(int[] numbers, int length) {
        return numbers.length == length ? numbers : Arrays.copyOf(numbers, length);
    }

    /** How many keys the operation observed; nothing is read by what is not OK. */
    private int reads(int operation) {
        return history.outcome(operation) == Outcome.OK ? history.readCount(operation) : 0;
    }

    private void findObservationsAndCas() {
        int found = 0;
        int write = 0;
        for (int i = 0; i < size; i++) {
            if (write < writes && writeOperation[write] == operation(i)) {
                if (entryStart[i + 1] > entryStart[i] && entryWrite[entryStart[i]] != LEFT_OUT) {
                    casRead[write] = entryWrite[entryStart[i]];
                    anyCas = true;
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
            if (good >= leastSights() && !isCas(operation(i))) {
                observations[found++] = i;
            }
        }
    }
}
