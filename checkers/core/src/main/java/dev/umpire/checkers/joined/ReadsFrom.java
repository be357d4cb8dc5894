package dev.umpire.checkers.joined;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2LongHashMap;

/**
 * Which write each read returned, where that is certain: registers and lists to which no value is written twice.
 *
 * <p>A read of a list is a read of its last element; the elements before it tell the order of their appends. Of a key that is
 * not joinable (a value written twice, the initial value written, a function that is not understood) nothing is told.
 */
public final class ReadsFrom {
    /** The source of a read of the initial value, or of an empty list. */
    public static final int INITIAL = -1;

    /** The source of a read whose write is not among the operations. */
    static final int UNWRITTEN = -2;

    private static final int NOBODY = -1;

    /** A node for each operation that counts; a write of unknown outcome that nobody read does not. */
    public final Lanes lanes;

    /** Of each node its reads and writes stand from these places on. */
    public final int[] firstRead;

    public final int[] firstWrite;
    public final int[] readKey;
    /** A node, INITIAL, or UNWRITTEN. */
    public final int[] readSource;

    public final int[] writeKey;
    /** The keys that are not joinable. */
    private final boolean[] strange;

    private final ReadRules rules;
    private final boolean lists;

    /** Whether all keys are joinable, so that an order that satisfies every read here satisfies the history. */
    public final boolean complete;

    /** Pairs of nodes, one after the other, of which lists show that the first came before the second. */
    final int[] shown;

    /** An operation that returned what nobody wrote; {@link Lanes#NONE} if there is none. */
    public final int unwritten;

    /** Two operations that read lists of which neither begins with the other; empty if there are none. */
    public final int[] incompatible;

    private ReadsFrom(Builder from) {
        lanes = from.lanes;
        firstRead = from.firstRead;
        firstWrite = from.firstWrite;
        readKey = from.readKey.toIntArray();
        readSource = from.readSource.toIntArray();
        writeKey = from.writeKey.toIntArray();
        complete = from.complete;
        strange = from.strange;
        rules = from.rules;
        lists = from.lists;
        shown = from.shown.toIntArray();
        unwritten = from.unwritten;
        incompatible = from.incompatible;
    }

    /**
     * Joins reads to writes.
     *
     * @param operations in the order of their invocations
     * @param lists whether keys hold lists that grow by appends, instead of registers
     */
    public static ReadsFrom of(
            History history, ReadRules rules, int[] operations, boolean lists, Precedence precedence) {
        return new ReadsFrom(
                new Builder(history, rules, operations, lists, precedence, new boolean[history.keyCount()]));
    }

    /**
     * The same with fewer operations. A read whose write is no longer there says nothing of it.
     *
     * @param operations in the order of their invocations
     */
    public ReadsFrom among(int[] operations) {
        return new ReadsFrom(new Builder(lanes.history, rules, operations, lists, lanes.precedence, strange.clone()));
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

    private static final class Builder {
        private final History history;
        private final ReadRules rules;
        private final boolean lists;
        private final boolean[] strange;
        /** By key and value the operation that wrote it. */
        private final Long2LongHashMap writers;

        private final Map<Value, Integer> idOfElement = new HashMap<>();
        private final IntArrayList readKey = new IntArrayList();
        private final IntArrayList readSource = new IntArrayList();
        private final IntArrayList writeKey = new IntArrayList();
        private final IntArrayList shown = new IntArrayList();
        private final int[] nodeOf;
        Lanes lanes;
        int[] firstRead;
        int[] firstWrite;
        boolean complete = true;
        int unwritten = Lanes.NONE;
        int[] incompatible = new int[0];

        Builder(
                History history,
                ReadRules rules,
                int[] operations,
                boolean lists,
                Precedence precedence,
                boolean[] strange) {
            this.history = history;
            this.rules = rules;
            this.lists = lists;
            this.strange = strange;
            writers = new Long2LongHashMap(NOBODY);
            for (int operation : operations) {
                noteWrites(operation);
            }
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
            firstRead = new int[lanes.size() + 1];
            firstWrite = new int[lanes.size() + 1];
            for (int node = 0; node < lanes.size(); node++) {
                join(node);
                firstRead[node + 1] = readKey.size();
                firstWrite[node + 1] = writeKey.size();
            }
            if (lists) {
                showOrder();
            }
            for (boolean one : strange) {
                complete &= !one;
            }
        }

        private void noteWrites(int operation) {
            if (!rules.isUnderstood(operation)) {
                markStrange(operation);
                return;
            }
            for (int i = 0; i < history.writeCount(operation); i++) {
                int key = history.writeKey(operation, i);
                int value = history.writeValue(operation, i);
                if (value == history.initialValue() && !lists) {
                    strange[key] = true;
                }
                if (writers.put(place(key, value), operation) != NOBODY) {
                    strange[key] = true;
                }
                if (lists) {
                    idOfElement.put(history.value(value), value);
                }
            }
        }

        private void markStrange(int operation) {
            boolean named = history.key(operation) != History.NONE;
            if (named) {
                strange[history.key(operation)] = true;
            }
            for (int i = 0; i < history.readCount(operation); i++) {
                strange[history.readKey(operation, i)] = true;
                named = true;
            }
            for (int i = 0; i < history.writeCount(operation); i++) {
                strange[history.writeKey(operation, i)] = true;
                named = true;
            }
            complete = false;
            if (!named) {
                Arrays.fill(strange, true);
            }
        }

        private void noteSeen(int operation, boolean[] seen) {
            if (history.outcome(operation) != Outcome.OK) {
                return;
            }
            for (int i = 0; i < history.readCount(operation); i++) {
                int key = history.readKey(operation, i);
                if (strange[key] || rules.saysNothing(operation, i)) {
                    continue;
                }
                if (lists) {
                    for (Value element : elements(history.readValue(operation, i))) {
                        noteSeen(writerOf(key, element), key, seen);
                    }
                } else {
                    noteSeen((int) writers.get(place(key, history.readValue(operation, i))), key, seen);
                }
            }
        }

        private void noteSeen(int writer, int key, boolean[] seen) {
            if (writer != NOBODY) {
                seen[writer] = true;
                strange[key] |= rules.isUnknownCas(writer);
            }
        }

        private void join(int node) {
            int operation = lanes.operation[node];
            for (int i = 0; i < history.readCount(operation); i++) {
                int key = history.readKey(operation, i);
                if (strange[key] || rules.saysNothing(operation, i)) {
                    continue;
                }
                int value = history.readValue(operation, i);
                int writer = NOBODY;
                boolean isInitial;
                if (lists) {
                    List<Value> elements = elements(value);
                    isInitial = elements.isEmpty();
                    for (Value element : elements) {
                        writer = writerOf(key, element);
                        if (writer == NOBODY) {
                            unwritten = operation;
                        }
                    }
                } else {
                    isInitial = value == history.initialValue();
                    writer = (int) writers.get(place(key, value));
                }
                boolean found = writer != NOBODY && writer != operation;
                if (!isInitial && !found) {
                    unwritten = operation;
                }
                readKey.addInt(key);
                readSource.addInt(isInitial ? INITIAL : found ? nodeOf[writer] : UNWRITTEN);
            }
            for (int i = 0; i < history.writeCount(operation); i++) {
                if (!strange[history.writeKey(operation, i)]) {
                    writeKey.addInt(history.writeKey(operation, i));
                }
            }
        }

        /** The longest list of each key tells the order of its elements; appends that it lacks came after its reads. */
        private void showOrder() {
            int[] longest = new int[history.keyCount()];
            Arrays.fill(longest, Lanes.NONE);
            List<List<Value>> lengths = new ArrayList<>();
            for (int key = 0; key < longest.length; key++) {
                lengths.add(List.of());
            }
            for (int node = 0; node < lanes.size(); node++) {
                int operation = lanes.operation[node];
                for (int i = 0; i < history.readCount(operation); i++) {
                    int key = history.readKey(operation, i);
                    if (strange[key] || rules.saysNothing(operation, i)) {
                        continue;
                    }
                    List<Value> read = elements(history.readValue(operation, i));
                    List<Value> known = lengths.get(key);
                    boolean longer = read.size() > known.size();
                    List<Value> shorter = longer ? known : read;
                    if (!(longer ? read : known).subList(0, shorter.size()).equals(shorter)
                            && incompatible.length == 0) {
                        incompatible = new int[] {lanes.operation[longest[key]], operation};
                    }
                    if (longer || longest[key] == Lanes.NONE) {
                        longest[key] = node;
                        lengths.set(key, read);
                    }
                }
            }
            if (incompatible.length > 0) {
                return;
            }
            for (int key = 0; key < longest.length; key++) {
                int before = Lanes.NONE;
                for (Value element : lengths.get(key)) {
                    int writer = writerOf(key, element);
                    if (writer == NOBODY) {
                        continue;
                    }
                    int node = nodeOf[writer];
                    strange[key] |= before == node;
                    if (before != Lanes.NONE) {
                        shown.addInt(before);
                        shown.addInt(node);
                    }
                    before = node;
                }
                showLast(key, lengths.get(key), before);
            }
        }

        /** Appends that no list shows came after the last that one shows. */
        private void showLast(int key, List<Value> longest, int last) {
            if (strange[key] || last == Lanes.NONE) {
                return;
            }
            boolean[] inList = new boolean[lanes.size()];
            for (Value element : longest) {
                int writer = writerOf(key, element);
                if (writer != NOBODY) {
                    inList[nodeOf[writer]] = true;
                }
            }
            for (int node = 0; node < lanes.size(); node++) {
                for (int w = firstWrite[node]; w < firstWrite[node + 1]; w++) {
                    if (writeKey.getInt(w) == key && !inList[node]) {
                        shown.addInt(last);
                        shown.addInt(node);
                    }
                }
            }
        }

        private int writerOf(int key, Value element) {
            Integer id = idOfElement.get(element);
            return id == null ? NOBODY : (int) writers.get(place(key, id));
        }

        private List<Value> elements(int value) {
            return history.value(value) instanceof Value.Sequence sequence ? sequence.elements() : List.of();
        }

        private static long place(int key, int value) {
            return ((long) key << 32) | value;
        }
    }
}
