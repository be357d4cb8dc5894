package dev.umpire.checkers.causal;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import java.util.BitSet;
import org.agrona.collections.IntArrayList;

/**
 * The operations that causality is judged by: those that took effect, with what each read and wrote of the judged keys.
 *
 * <p>Nodes are numbered from 0 in the order of their invocations. A node may read several keys (a snapshot), write several
 * (a transaction), or both (a cas). Operations that failed, reads of unknown outcome, and writes of unknown outcome that
 * nobody saw are no nodes. About 50 bytes a node with one read or write.
 */
final class Nodes {
    /** In place of a source: the initial value was read. */
    static final int INITIAL = -1;

    private static final int NO_SOURCE = -2;

    final History history;
    final int size;
    /** The operation of each node, ascending. */
    final int[] operation;
    /** The reads of node v stand from {@code readStart[v]} to before {@code readStart[v + 1]}. */
    final int[] readStart;

    final int[] readKey;
    /** The node that each read returned, or {@link #INITIAL}. */
    final int[] readSource;
    /** The node of each read. */
    final int[] reader;
    /** The writes of node v stand from {@code writeStart[v]} to before {@code writeStart[v + 1]}. */
    final int[] writeStart;

    final int[] writeKey;

    private Nodes(History history, Entries reads, Entries writes, int[] operation) {
        this.history = history;
        this.operation = operation;
        size = operation.length;
        readStart = reads.start(size);
        readKey = reads.sorted(readStart, reads.key);
        readSource = reads.sorted(readStart, reads.source);
        reader = reads.sorted(readStart, reads.node);
        writeStart = writes.start(size);
        writeKey = writes.sorted(writeStart, writes.key);
    }

    /** Reads or writes, in any order of their nodes. */
    private static final class Entries {
        private final IntArrayList node = new IntArrayList();
        private final IntArrayList key = new IntArrayList();
        private final IntArrayList source = new IntArrayList();

        private void add(int itsNode, int itsKey, int itsSource) {
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
        BitSet siblings = keysWithSiblings(history);
        for (int key = 0; key < registers.keyCount(); key++) {
            Register register = registers.register(key);
            if (siblings.get(key)) {
                reasons.undecided(key, "was read with siblings, which this checker cannot judge yet");
            } else if (reasons.isRegister(register)
                    && register.size() > 0
                    && reasons.isJoinable(register)
                    && isWrittenOnceByEach(register, reasons)) {
                gather(register, reads, writes, counts, reasons);
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
                effective.add(writer, writes.key.getInt(i), INITIAL);
            }
        }
        return new Nodes(history, reads, effective, operation);
    }

    private static BitSet keysWithSiblings(History history) {
        BitSet keys = new BitSet();
        for (int o = 0; o < history.size(); o++) {
            if (history.siblings(o) != History.NONE) {
                for (int i = 0; i < history.readCount(o); i++) {
                    keys.set(history.readKey(o, i));
                }
            }
        }
        return keys;
    }

    /** Notes operations instead of nodes; a write of unknown outcome counts once something of it was seen. */
    private static void gather(Register register, Entries reads, Entries writes, boolean[] counts, Reasons reasons) {
        long leftOut = 0;
        for (int a = 0; a < register.size(); a++) {
            int o = register.operation(a);
            int from = sourceOf(register, a);
            if (from == o || (from == NO_SOURCE && register.source(a) != Register.NO_READ)) {
                leftOut++; // a transaction cannot have read what it was about to write either
            } else if (from != NO_SOURCE) {
                reads.add(o, register.key(), from);
                counts[o] = true;
                if (from != INITIAL) {
                    counts[from] = true;
                }
            }
            if (register.writeOf(a) >= 0) {
                writes.add(o, register.key(), INITIAL);
                counts[o] |= register.outcome(a) == Outcome.OK;
            }
        }
        reasons.leaveOut(leftOut);
    }

    /** The operation that was read; without real time no read comes too early, and sessions may follow one another. */
    private static int sourceOf(Register register, int access) {
        int source = register.source(access);
        if (source >= 0) {
            return register.operationOfWrite(source);
        }
        if (source == Register.FUTURE && !register.history().realTime()) {
            return register.operation(register.firstWriter(register.read(access)));
        }
        return source == Register.INITIAL ? INITIAL : NO_SOURCE;
    }

    /** Of two writes of one key in one transaction only the last is there afterwards. */
    private static boolean isWrittenOnceByEach(Register register, Reasons reasons) {
        for (int w = 1; w < register.writeCount(); w++) {
            if (register.operationOfWrite(w - 1) == register.operationOfWrite(w)) {
                reasons.undecided(
                        register.key(), "is written twice in one transaction, which this checker cannot judge yet");
                return false;
            }
        }
        return true;
    }

    /**
     * These nodes as if there were no others: a read of what is not among them is left out, and so is a write of unknown
     * outcome that none of them saw.
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
            for (int r = readStart[v]; r < readStart[v + 1]; r++) {
                int source = readSource[r] == INITIAL ? INITIAL : Arrays.binarySearch(kept, readSource[r]);
                if (source >= INITIAL && (source >= 0 || readSource[r] == INITIAL)) {
                    reads.add(i, readKey[r], source);
                }
            }
            for (int w = writeStart[v]; w < writeStart[v + 1]; w++) {
                writes.add(i, writeKey[w], INITIAL);
            }
        }
        return new Nodes(history, reads, writes, operations);
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

    /** Whether one comes before the other in the order of their session. */
    boolean sessionOrder(int before, int after) {
        return session(before) == session(after) && completed(before) < invoked(after);
    }

    /** How many reads there are; the obliged. */
    int readCount() {
        return readKey.length;
    }
}
