package dev.umpire.checkers.causal;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.register.Siblings;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import java.util.BitSet;
import org.agrona.collections.IntArrayList;

/**
 * The operations that causality is judged by: those that took effect, with what each read and wrote of the judged keys.
 *
 * <p>Nodes are numbered from 0 in the order of their invocations. A node may read several keys (a snapshot), write several
 * (a transaction), or both (a cas). The read of a list is one read for each of its elements, in their order, with one source
 * each; a list without elements is a read of the initial value. Operations that failed, reads of unknown outcome, and writes of unknown outcome that
 * nobody saw are no nodes. About 50 bytes a node with one read or write.
 */
final class Nodes {
    /** In place of a source: the initial value was read. */
    static final int INITIAL = -1;

    private static final int NO_SOURCE = -2;
    /** How many elements all reads of lists may show together. */
    private static final long MOST_ELEMENTS = 1 << 24;

    final History history;
    final int size;
    /** The operation of each node, ascending. */
    final int[] operation;
    /** The reads of node v stand from {@code readStart[v]} to before {@code readStart[v + 1]}. */
    final int[] readStart;

    final int[] readKey;
    /** The node that each read returned, or {@link #INITIAL}. */
    final int[] readSource;
    /** The id of the value that each read returned; of a list's elements that of the list. */
    final int[] readValue;
    /** The node of each read. */
    final int[] reader;
    /** The place of each read among those of its list, from 0; 0 for what is no list. */
    final int[] readPlace;
    /** The writes of node v stand from {@code writeStart[v]} to before {@code writeStart[v + 1]}. */
    final int[] writeStart;

    final int[] writeKey;
    private final BitSet lists;

    private Nodes(History history, BitSet lists, Entries reads, Entries writes, int[] operation) {
        this.history = history;
        this.lists = lists;
        this.operation = operation;
        size = operation.length;
        readStart = reads.start(size);
        readKey = reads.sorted(readStart, reads.key);
        readSource = reads.sorted(readStart, reads.source);
        readValue = reads.sorted(readStart, reads.value);
        reader = reads.sorted(readStart, reads.node);
        readPlace = reads.sorted(readStart, reads.place);
        writeStart = writes.start(size);
        writeKey = writes.sorted(writeStart, writes.key);
    }

    /** Reads or writes, in any order of their nodes. */
    private static final class Entries {
        private final IntArrayList node = new IntArrayList();
        private final IntArrayList key = new IntArrayList();
        private final IntArrayList source = new IntArrayList();
        private final IntArrayList place = new IntArrayList();
        private final IntArrayList value = new IntArrayList();

        private void addWrite(int itsNode, int itsKey) {
            add(itsNode, itsKey, INITIAL, 0, History.NONE);
        }

        private void add(int itsNode, int itsKey, int itsSource, int itsPlace, int itsValue) {
            place.addInt(itsPlace);
            value.addInt(itsValue);
            node.addInt(itsNode);
            key.addInt(itsKey);
            source.addInt(itsSource);
        }

        private int[] start(int nodes) {
            int[] start = new int[nodes + 1];
            for (int i = 0; i < node.size(); i++) {
                start[node.getInt(i) + 1]++;
            }
            for (int v = 0; v < nodes; v++) {
                start[v + 1] += start[v];
            }
            return start;
        }

        private int[] sorted(int[] start, IntArrayList column) {
            int[] next = Arrays.copyOf(start, start.length);
            int[] sorted = new int[node.size()];
            for (int i = 0; i < sorted.length; i++) {
                sorted[next[node.getInt(i)]++] = column.getInt(i);
            }
            return sorted;
        }
    }

    /** What the history holds; why keys are not judged, and how many reads are left out, is noted. */
    static Nodes of(History history, Reasons reasons) {
        Registers registers = Registers.of(history);
        Entries reads = new Entries();
        Entries writes = new Entries();
        boolean[] counts = new boolean[history.size()];
        BitSet lists = new BitSet();
        BitSet siblings = keysWithSiblings(history);
        for (int key = 0; key < registers.keyCount(); key++) {
            Register register = registers.register(key);
            if (siblings.get(key)) {
                reasons.undecided(key, "was read with siblings, which this checker cannot judge yet");
            } else if (reasons.isUnderstood(register) && register.size() > 0 && reasons.isJoinable(register)) {
                lists.set(key, register.isList());
                if (!gather(register, reads, writes, counts, reasons)) {
                    reasons.undecided(
                            key,
                            "is among lists whose reads show more than " + Words.number(MOST_ELEMENTS)
                                    + " elements together, which are too many to be compared");
                }
            }
        }
        int[] node = new int[history.size()];
        int size = 0;
        for (int o = 0; o < node.length; o++) {
            node[o] = counts[o] ? size++ : History.NONE;
        }
        int[] operation = new int[size];
        for (int o = 0; o < node.length; o++) {
            if (counts[o]) {
                operation[node[o]] = o;
            }
        }
        for (int i = 0; i < reads.node.size(); i++) {
            reads.node.setInt(i, node[reads.node.getInt(i)]);
            int source = reads.source.getInt(i);
            reads.source.setInt(i, source == INITIAL ? INITIAL : node[source]);
        }
        Entries effective = new Entries();
        for (int i = 0; i < writes.node.size(); i++) {
            int writer = node[writes.node.getInt(i)];
            if (writer != History.NONE) {
                effective.addWrite(writer, writes.key.getInt(i));
            }
        }
        return new Nodes(history, lists, reads, effective, operation);
    }

    private static BitSet keysWithSiblings(History history) {
        BitSet keys = new BitSet();
        for (int o = 0; o < history.size(); o++) {
            if (Siblings.areShown(history, o)) {
                keys.set(history.readKey(o, 0));
            }
        }
        return keys;
    }

    /**
     * Notes operations instead of nodes; a write of unknown outcome counts once something of it was seen. False, with nothing
     * noted, if there are too many elements in the lists.
     */
    private static boolean gather(Register register, Entries reads, Entries writes, boolean[] counts, Reasons reasons) {
        ListSources shown = new ListSources(register);
        if (register.isList() && reads.node.size() + shown.elements() > MOST_ELEMENTS) {
            return false;
        }
        long leftOut = 0;
        for (int a = 0; a < register.size(); a++) {
            int o = register.operation(a);
            int from = sourceOf(register, a);
            if (from == o || (from == NO_SOURCE && register.source(a) != Register.NO_READ)) {
                leftOut++; // a transaction cannot have read what it was about to write either
            } else if (from != NO_SOURCE) {
                counts[o] = true;
                if (from != INITIAL && register.isList()) {
                    int[] sources = shown.of(a);
                    for (int place = 0; place < sources.length; place++) {
                        reads.add(o, register.key(), sources[place], place, register.read(a));
                        counts[sources[place]] = true;
                    }
                } else {
                    reads.add(o, register.key(), from, 0, register.read(a));
                    if (from != INITIAL) {
                        counts[from] = true;
                    }
                }
            }
            if (register.writeOf(a) >= 0) {
                writes.addWrite(o, register.key());
                counts[o] |= register.outcome(a) == Outcome.OK;
            }
        }
        reasons.leaveOut(leftOut);
        return true;
    }

    /** The operation that was read. */
    private static int sourceOf(Register register, int access) {
        int source = register.source(access);
        if (source >= 0) {
            return register.operationOfWrite(source);
        }
        return source == Register.INITIAL ? INITIAL : NO_SOURCE;
    }

    /** Whether the key is a list. */
    boolean isList(int key) {
        return lists.get(key);
    }

    /** Whether the node appended one of the elements that a list read, which begins at {@code first}, shows. */
    boolean isElement(int node, int first) {
        for (int r = first; r < endOfRead(first); r++) {
            if (readSource[r] == node) {
                return true;
            }
        }
        return false;
    }

    /** Where the reads of a list end that begin at {@code first}; for what is no list, the next read. */
    int endOfRead(int first) {
        int end = first + 1;
        while (end < readPlace.length && readPlace[end] > 0) {
            end++;
        }
        return end;
    }

    /**
     * These nodes as if there were no others: a read of what is not among them is left out, and so is a write of unknown
     * outcome that none of them saw. Elements of lists that are not among them somebody has appended; all that is left of
     * them is that the lists have no others.
     *
     * @param some ascending
     */
    Nodes part(int[] some) {
        boolean[] seen = new boolean[some.length];
        for (int i = 0; i < some.length; i++) {
            seen[i] |= isAcknowledged(some[i]);
            for (int r = readStart[some[i]]; r < readStart[some[i] + 1]; r++) {
                int source = readSource[r] == INITIAL ? -1 : Arrays.binarySearch(some, readSource[r]);
                if (source >= 0) {
                    seen[source] = true;
                }
            }
        }
        int[] kept = new int[some.length];
        int size = 0;
        for (int i = 0; i < some.length; i++) {
            if (seen[i]) {
                kept[size++] = some[i];
            }
        }
        kept = Arrays.copyOf(kept, size);
        Entries reads = new Entries();
        Entries writes = new Entries();
        int[] operations = new int[size];
        for (int i = 0; i < size; i++) {
            int v = kept[i];
            operations[i] = operation[v];
            for (int r = readStart[v], end; r < readStart[v + 1]; r = end) {
                end = endOfRead(r);
                int place = 0;
                for (int e = r; e < end; e++) {
                    int source = readSource[e] == INITIAL ? INITIAL : Arrays.binarySearch(kept, readSource[e]);
                    if (source >= 0) {
                        reads.add(i, readKey[e], source, place++, readValue[e]);
                    }
                }
                if (place == 0 && (readSource[r] == INITIAL || isList(readKey[r]))) {
                    reads.add(i, readKey[r], INITIAL, 0, readValue[r]);
                }
            }
            for (int w = writeStart[v]; w < writeStart[v + 1]; w++) {
                writes.addWrite(i, writeKey[w]);
            }
        }
        return new Nodes(history, lists, reads, writes, operations);
    }

    int session(int node) {
        return history.session(operation[node]);
    }

    int invoked(int node) {
        return history.invoked(operation[node]);
    }

    /** {@link History#NEVER} for an unknown outcome, which comes before nothing in its session. */
    int completed(int node) {
        return history.completed(operation[node]);
    }

    boolean isAcknowledged(int node) {
        return history.completed(operation[node]) != History.NEVER;
    }

    boolean reads(int node) {
        return readStart[node + 1] > readStart[node];
    }

    boolean writes(int node) {
        return writeStart[node + 1] > writeStart[node];
    }

    boolean writes(int node, int key) {
        for (int w = writeStart[node]; w < writeStart[node + 1]; w++) {
            if (writeKey[w] == key) {
                return true;
            }
        }
        return false;
    }

    /** Whether the node is a cas that replaced what it read; one of unknown outcome says nothing of that. */
    boolean isCas(int node) {
        return reads(node)
                && writes(node)
                && history.functionName(history.function(operation[node])).equals("cas");
    }

    /** Whether one comes before the other in the order of their session. */
    boolean sessionOrder(int before, int after) {
        return session(before) == session(after) && completed(before) < invoked(after);
    }

    /** How many reads there are, a list as one; the obliged. */
    int readCount() {
        int count = 0;
        for (int place : readPlace) {
            count += place == 0 ? 1 : 0;
        }
        return count;
    }
}
