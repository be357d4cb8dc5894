package dev.umpire.checkers.prefix;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;

/**
 * The writes that took effect and what was seen of them: the history, or some of its operations, reduced to what a prefix
 * is judged by. Writes are numbered from 0 in the order of their invocations; what an operation writes to several keys are
 * several writes with one {@link #node}. A list is a register: an append writes a version, and a read returns the last
 * append that it shows.
 *
 * <p>Of some operations alone, the appends that their reads imply count as well, as if they were of unknown outcome, of a
 * session of their own and invoked before everything else.
 *
 * <p>A key is left out when its reads cannot be told apart (a value written twice, the initial value written), when it has
 * appends and writes of whole values, or when a function that is not understood touches it. A read of a value that nobody wrote, that certainly did
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
    final long readers;

    /** How many writes there are. */
    final int writes;
    /** How many of them are of operations under judgement; the others are only implied, and stand behind. */
    final int realWrites;
    /** The operation of each write; ascending among those of operations under judgement. */
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

    final Lists lists;
    /** By list, the writes that its reads show, in their order; do not write. */
    final int[][] shown;
    /** By write: its place among those; -1 where no read shows it. Empty where there are no lists. */
    private final int[] placeShown;
    /** The first write of the operation of each write; empty where no operation has several. */
    private final int[] node;
    /** Whether no operation writes two keys, appends, or reads what it does not replace. */
    private final boolean plain;

    private final int cas;
    private boolean anyCas;

    private Recorded(History history, int[] some, int size, boolean[] judged, Promise promise, Lists lists) {
        this.promise = promise;
        this.history = history;
        this.some = some;
        this.size = size;
        this.judged = judged;
        this.lists = lists;
        cas = history.functionId("cas");
        Candidates candidates = new Candidates(this);
        plain = candidates.arePlain();
        keysLeftOut = candidates.dropAmbiguousKeys();
        int[][] appends = plain ? new int[0][] : appendsShown(candidates);

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
            boolean standsApart = false;
            for (int entry = entryStart[i]; entry < entryStart[i + 1]; entry++) {
                int key = history.readKey(operation, entry - entryStart[i]);
                int value = history.readValue(operation, entry - entryStart[i]);
                int write = LEFT_OUT;
                boolean apart = false;
                if (judged[key] && lists.isList(key)) {
                    int length = lists.length(operation, entry - entryStart[i]);
                    apart = length == Lists.APART;
                    write = length > 0 ? appends[key][length - 1] : length == 0 ? INITIAL : LEFT_OUT;
                } else if (judged[key]) {
                    write = value == history.initialValue() ? INITIAL : candidates.find(key, value);
                    if (write >= 0 && !mayReadFrom(operation, candidates.operation[write])) {
                        write = LEFT_OUT;
                    }
                }
                if (judged[key]) {
                    if (write != LEFT_OUT) {
                        good++;
                    } else if (apart) {
                        standsApart = true;
                    } else {
                        faulty++;
                    }
                }
                if (write >= 0) {
                    seenBy[write] = Math.min(seenBy[write], history.completed(operation));
                }
                entryWrite[entry] = write;
            }
            if (good > 0 || standsApart) {
                counted++;
            }
            if (good >= leastSights() && !isCas(operation)) {
                wide++;
            }
        }
        readsLeftOut = faulty;
        readers = counted;
        if (!plain) {
            markElements(seenBy, appends);
            markTogether(candidates, seenBy);
        }

        int[] number = seenBy; // a candidate's proof is no longer needed once its number is known
        int[] operationOf = candidates.operation;
        int[] keyOf = candidates.key;
        int[] proof = candidates.releaseValues();
        int effective = 0;
        int real = 0;
        for (int candidate = 0; candidate < candidates.count; candidate++) {
            int operation = operationOf[candidate];
            boolean here = candidate < candidates.realCount;
            boolean acknowledged = here && history.outcome(operation) == Outcome.OK;
            if (judged[keyOf[candidate]] && (acknowledged || seenBy[candidate] != History.NEVER)) {
                operationOf[effective] = operation;
                keyOf[effective] = keyOf[candidate];
                proof[effective] =
                        acknowledged ? Math.min(seenBy[candidate], history.completed(operation)) : seenBy[candidate];
                real += here ? 1 : 0;
                number[candidate] = effective++;
            } else {
                number[candidate] = LEFT_OUT;
            }
        }
        writes = effective;
        realWrites = real;
        writeOperation = trimmed(operationOf, writes);
        writeKey = trimmed(keyOf, writes);
        evidence = trimmed(proof, writes);
        for (int entry = 0; entry < entryWrite.length; entry++) {
            if (entryWrite[entry] >= 0) {
                entryWrite[entry] = number[entryWrite[entry]];
            }
        }
        shown = plain ? new int[0][] : appends;
        placeShown = plain ? new int[0] : numberShown(number);
        node = plain ? new int[0] : nodes();
        casRead = new int[writes];
        Arrays.fill(casRead, NO_CAS);
        observations = new int[wide];
        findObservationsAndCas();
    }

    /** By list, the candidates that appended what the longest read here shows. */
    private int[][] appendsShown(Candidates candidates) {
        int[] longest = new int[judged.length];
        for (int i = 0; i < size; i++) {
            int reader = operation(i);
            for (int r = 0; r < reads(reader); r++) {
                int key = history.readKey(reader, r);
                if (judged[key] && lists.isList(key)) {
                    longest[key] = Math.max(longest[key], lists.length(reader, r));
                }
            }
        }
        int[][] appends = new int[judged.length][];
        for (int key = 0; key < judged.length; key++) {
            int[] order = lists.order(key);
            int list = key;
            appends[key] = new int[longest[key]];
            Arrays.setAll(appends[key], place -> candidates.findAppend(order[place], list));
        }
        return appends;
    }

    /** A value is read from a write that had begun, and that is not of the reader itself. */
    private boolean mayReadFrom(int reader, int writer) {
        boolean inTime = history.invoked(writer) <= history.completed(reader) || !history.realTime();
        return inTime && reader != writer;
    }

    /** A list shows all of its elements: each was there when the first reader of it or of a longer one was done. */
    private static void markElements(int[] seenBy, int[][] appends) {
        for (int[] order : appends) {
            int first = History.NEVER;
            for (int place = order.length - 1; place >= 0; place--) {
                first = Math.min(first, seenBy[order[place]]);
                seenBy[order[place]] = first;
            }
        }
    }

    /** What an operation wrote took effect together: who saw one of it proves it of all. */
    private void markTogether(Candidates candidates, int[] seenBy) {
        for (int from = 0; from < candidates.realCount; ) {
            int to = from;
            int first = History.NEVER;
            while (to < candidates.realCount && candidates.operation[to] == candidates.operation[from]) {
                first = judged[candidates.key[to]] ? Math.min(first, seenBy[to]) : first;
                to++;
            }
            Arrays.fill(seenBy, from, to, first);
            from = to;
        }
    }

    /** Turns the candidates of {@link #shown} into writes; returns the place of each. */
    private int[] numberShown(int[] number) {
        int[] place = new int[writes];
        Arrays.fill(place, -1);
        for (int[] order : shown) {
            for (int at = 0; at < order.length; at++) {
                order[at] = number[order[at]];
                place[order[at]] = at;
            }
        }
        return place;
    }

    private int[] nodes() {
        int[] first = new int[writes];
        for (int write = 0; write < writes; write++) {
            boolean together = write > 0 && write < realWrites && writeOperation[write] == writeOperation[write - 1];
            first[write] = together ? first[write - 1] : write;
        }
        return first;
    }

    /** Everything that the history holds. */
    static Recorded of(History history, Promise promise) {
        boolean[] judged = new boolean[history.keyCount()];
        Arrays.fill(judged, true);
        return new Recorded(history, new int[0], history.size(), judged, promise, Lists.of(history));
    }

    /** These operations as if there were no others, and with the keys that are judged here. */
    Recorded restrictedTo(int[] part) {
        int[] sorted = part.clone();
        Arrays.sort(sorted);
        return new Recorded(history, sorted, sorted.length, judged.clone(), promise, lists);
    }

    /** The inverse of {@link #operation} for an operation under judgement. */
    int index(int operation) {
        return isWhole() ? operation : Arrays.binarySearch(some, operation);
    }

    /** Whether all operations of the history are under judgement. */
    boolean isWhole() {
        return some.length == 0;
    }

    /** Whether the operation is under judgement. */
    boolean contains(int operation) {
        return isWhole() || Arrays.binarySearch(some, operation) >= 0;
    }

    /** Whether no operation writes two keys, appends, or reads what it does not replace in the same step. */
    boolean isPlain() {
        return plain;
    }

    /** The node of a write in every graph: the first write of its operation. */
    int node(int write) {
        return node.length == 0 ? write : node[write];
    }

    /** Where the writes of a node end; they begin with it. */
    int endOfNode(int first) {
        int end = first + 1;
        while (end < node.length && node[end] == first) {
            end++;
        }
        return end;
    }

    /** The place of an append among those that reads of its list show; -1 where none does, or where it is none. */
    int placeShown(int write) {
        return placeShown.length == 0 ? -1 : placeShown[write];
    }

    /** Whether an entry of the {@code i}-th operation shows the write: it is the value, or it is on the list. */
    boolean shows(int entry, int write) {
        int seen = entryWrite[entry];
        return seen == write
                || (seen >= 0
                        && placeShown(write) >= 0
                        && writeKey[seen] == writeKey[write]
                        && placeShown(write) < placeShown(seen));
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
        return write < realWrites && history.completed(writeOperation[write]) != History.NEVER;
    }

    /** Whether the first write was acknowledged before the second was invoked. */
    boolean before(int first, int second) {
        return first < realWrites
                && second < realWrites
                && history.completed(writeOperation[first]) < history.invoked(writeOperation[second]);
    }

    boolean sameSession(int first, int second) {
        return first < realWrites
                && second < realWrites
                && history.session(writeOperation[first]) == history.session(writeOperation[second]);
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
        return history.function(operation) == cas;
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
            int first = write;
            while (write < realWrites && writeOperation[write] == operation(i)) {
                write++;
            }
            if (isCas(operation(i))) {
                if (write > first && entryStart[i + 1] > entryStart[i] && entryWrite[entryStart[i]] != LEFT_OUT) {
                    casRead[first] = entryWrite[entryStart[i]];
                    anyCas = true;
                }
                continue;
            }
            int good = 0;
            for (int entry = entryStart[i]; entry < entryStart[i + 1]; entry++) {
                if (entryWrite[entry] != LEFT_OUT) {
                    good++;
                }
            }
            if (good >= leastSights()) {
                observations[found++] = i;
            }
        }
    }
}
