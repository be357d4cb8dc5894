package dev.umpire.checkers.joined;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.collections.IntArrayList;

/**
 * Which write each read returned, where that is certain: registers and lists to which no value is written twice.
 *
 * <p>A read of a list is a read of its last element; the elements before it tell the order of their appends. A transaction is
 * one node with the reads and writes of all its keys; what it read after its own writes is what others left before these
 * ({@link Accesses}). Of a key that is not joinable (a value written twice, the initial value written, a function that is not
 * understood) nothing is told.
 */
public final class ReadsFrom {
    /** The source of a read of the initial value, or of an empty list. */
    public static final int INITIAL = -1;

    /** The source of a read whose write is not among the operations. */
    static final int UNWRITTEN = -2;

    /** The write of a read of which no node is the source. */
    static final int NO_WRITE = -1;

    /** A node for each operation that counts; a write of unknown outcome that nobody read does not. */
    public final Lanes lanes;

    /** Of each node its reads and writes stand from these places on. */
    public final int[] firstRead;

    public final int[] firstWrite;
    public final int[] readKey;
    /** A node, INITIAL, or UNWRITTEN. */
    public final int[] readSource;
    /** Of each read the place of the write that it returned, among all writes; NO_WRITE where there is no node. */
    public final int[] readWrite;
    /** Each key once for a node. */
    public final int[] writeKey;
    /** The keys that are not joinable. */
    private final boolean[] strange;

    private final ReadRules rules;

    /** Whether all keys are joinable, so that an order that satisfies every read here satisfies the history. */
    public final boolean complete;

    /** Three nodes each, one after the other: the third read a list that shows that the first came before the second. */
    final int[] shown;

    /** What no order explains, whatever else happened; the first that was found. */
    public final Optional<Fault> fault;

    private ReadsFrom(Builder from) {
        lanes = from.lanes;
        firstRead = from.firstRead;
        firstWrite = from.firstWrite;
        readKey = from.readKey.toIntArray();
        readSource = from.readSource.toIntArray();
        writeKey = from.writeKey.toIntArray();
        complete = from.writers.areComplete();
        strange = from.writers.strange;
        rules = from.rules;
        shown = from.order.shown.toIntArray();
        fault = from.fault.or(from.order::fault);
        readWrite = new int[readKey.length];
        for (int r = 0; r < readKey.length; r++) {
            readWrite[r] = readSource[r] < 0 ? NO_WRITE : writeOf(readSource[r], readKey[r]);
        }
    }

    /**
     * Joins reads to writes.
     *
     * @param operations in the order of their invocations
     */
    public static ReadsFrom of(History history, ReadRules rules, int[] operations, Precedence precedence) {
        return new ReadsFrom(new Builder(history, rules, operations, precedence, new boolean[history.keyCount()]));
    }

    /**
     * The same with fewer operations. A read whose write is no longer there says nothing of it.
     *
     * @param operations in the order of their invocations
     */
    public ReadsFrom among(int[] operations) {
        return new ReadsFrom(new Builder(lanes.history, rules, operations, lanes.precedence, strange.clone()));
    }

    /** The operations, and the writes of what they read. */
    public Set<Integer> withWrites(Set<Integer> operations) {
        Set<Integer> closed = new TreeSet<>(operations);
        List<Integer> open = new ArrayList<>(operations);
        while (!open.isEmpty()) {
            int node = Arrays.binarySearch(lanes.operation, open.remove(open.size() - 1));
            for (int r = firstRead[node]; r < firstRead[node + 1]; r++) {
                int source = readSource[r];
                if (source >= 0 && closed.add(lanes.operation[source])) {
                    open.add(lanes.operation[source]);
                }
            }
        }
        return closed;
    }

    /** The place of a node's write of a key, among all writes; NO_WRITE if it does not write it. */
    int writeOf(int node, int key) {
        for (int w = firstWrite[node]; w < firstWrite[node + 1]; w++) {
            if (writeKey[w] == key) {
                return w;
            }
        }
        return NO_WRITE;
    }

    private static final class Builder {
        private final History history;
        private final ReadRules rules;
        private final Accesses accesses;
        private final Writers writers;
        private final IntArrayList readKey = new IntArrayList();
        private final IntArrayList readSource = new IntArrayList();
        private final IntArrayList writeKey = new IntArrayList();
        /** Of lists, by key, the nodes that append to it. */
        private final IntArrayList[] appending;

        private final int[] nodeOf;
        private final Lanes lanes;
        private final ListOrder order;
        private final int[] firstRead;
        private final int[] firstWrite;
        private Optional<Fault> fault = Optional.empty();

        Builder(History history, ReadRules rules, int[] operations, Precedence precedence, boolean[] strange) {
            this.history = history;
            this.rules = rules;
            accesses = new Accesses(history, rules);
            writers = new Writers(history, rules, strange, operations);
            boolean[] seen = new boolean[history.size()];
            for (int operation : operations) {
                noteSeen(operation, seen);
            }
            IntArrayList kept = new IntArrayList();
            for (int operation : operations) {
                Outcome outcome = history.outcome(operation);
                if (outcome == Outcome.OK || (outcome == Outcome.INFO && seen[operation])) {
                    kept.addInt(operation);
                }
            }
            lanes = new Lanes(history, kept.toIntArray(), precedence);
            nodeOf = new int[history.size()];
            Arrays.fill(nodeOf, Lanes.NONE);
            for (int node = 0; node < lanes.size(); node++) {
                nodeOf[lanes.operation[node]] = node;
            }
            int keys = history.keyCount();
            order = new ListOrder(lanes, writers, nodeOf, keys);
            appending = new IntArrayList[rules.lists ? keys : 0];
            Arrays.setAll(appending, key -> new IntArrayList());
            firstRead = new int[lanes.size() + 1];
            firstWrite = new int[lanes.size() + 1];
            for (int node = 0; node < lanes.size(); node++) {
                if (rules.isUnderstood(lanes.operation[node])) {
                    joinReads(node);
                    noteWrites(node);
                }
                firstRead[node + 1] = readKey.size();
                firstWrite[node + 1] = writeKey.size();
            }
            if (rules.lists) {
                order.close(appending);
            }
        }

        private void noteSeen(int operation, boolean[] seen) {
            if (history.outcome(operation) != Outcome.OK || !rules.isUnderstood(operation)) {
                return;
            }
            accesses.of(operation);
            for (int i = 0; i < accesses.count(); i++) {
                int key = accesses.key(i);
                if (writers.strange[key]) {
                    continue;
                }
                if (rules.lists) {
                    for (Value element : accesses.list(i)) {
                        noteSeen(writers.of(key, element), key, seen);
                    }
                } else {
                    noteSeen(writers.of(key, accesses.value(i)), key, seen);
                }
            }
        }

        private void noteSeen(int writer, int key, boolean[] seen) {
            if (writer != Writers.NOBODY) {
                seen[writer] = true;
                writers.strange[key] |= rules.isUnknownCas(writer);
            }
        }

        private void joinReads(int node) {
            accesses.of(lanes.operation[node]);
            fault = fault.or(accesses::fault);
            for (int i = 0; i < accesses.count(); i++) {
                int key = accesses.key(i);
                if (!writers.strange[key]) {
                    readKey.addInt(key);
                    readSource.addInt(
                            rules.lists ? sourceOfList(node, key, accesses.list(i)) : sourceOfValue(node, key, i));
                }
            }
        }

        private int sourceOfValue(int node, int key, int i) {
            int operation = lanes.operation[node];
            int value = accesses.value(i);
            if (value == history.initialValue()) {
                return INITIAL;
            }
            int writer = writers.of(key, value);
            if (writer == Writers.NOBODY || writer == operation) {
                return unwritten(operation, key, writer);
            }
            if (writers.isPassing(key, value)) {
                note(Fault.Kind.TORN, List.of(writer, operation), key);
            }
            return nodeOf[writer];
        }

        private int sourceOfList(int node, int key, List<Value> list) {
            int operation = lanes.operation[node];
            int source = INITIAL;
            int at = 0;
            while (at < list.size()) {
                int writer = writers.of(key, list.get(at));
                if (writer == Writers.NOBODY || writer == operation) {
                    source = unwritten(operation, key, writer);
                    at++;
                    continue;
                }
                int length = writers.lengthOfAppends(key, writer, list, at);
                if (length == 0) {
                    note(Fault.Kind.TORN, List.of(writer, operation), key);
                }
                source = nodeOf[writer];
                at += Math.max(1, length);
            }
            order.read(node, key, list);
            return source;
        }

        private int unwritten(int operation, int key, int writer) {
            note(writer == operation ? Fault.Kind.OWN_WRITE_AHEAD : Fault.Kind.UNWRITTEN, List.of(operation), key);
            return UNWRITTEN;
        }

        private void note(Fault.Kind kind, List<Integer> operations, int key) {
            fault = fault.or(() -> Optional.of(new Fault(kind, operations, key)));
        }

        private void noteWrites(int node) {
            int operation = lanes.operation[node];
            int first = writeKey.size();
            for (int i = 0; i < history.writeCount(operation); i++) {
                int key = history.writeKey(operation, i);
                if (!writers.strange[key] && !isAmong(first, key)) {
                    writeKey.addInt(key);
                    if (rules.lists) {
                        appending[key].addInt(node);
                    }
                }
            }
        }

        private boolean isAmong(int first, int key) {
            for (int w = first; w < writeKey.size(); w++) {
                if (writeKey.getInt(w) == key) {
                    return true;
                }
            }
            return false;
        }
    }
}
