package dev.umpire.checkers.causal;

import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.agrona.collections.IntArrayList;

/**
 * Which write stands directly after which other among the writes of its key, as it replaced what it had read; and which reads
 * stand between the two.
 *
 * <p>An OK cas replaces what it read, in every order of all writes. In the order of one session so does an operation of that
 * session that reads a key and writes it, and its other reads stand between what they returned and what replaced that.
 *
 * <p>A <em>version</em> is a write of a key, numbered by its entry in {@link Nodes#writeKey}, or the initial value of a key,
 * numbered by the count of entries plus the key. A <em>chain</em> is versions each of which replaced the one before it; it is
 * named by its first. Every version is in one chain, mostly alone.
 */
final class Replacements {
    static final int NOTHING = -1;

    /** Two nodes that replaced one version. */
    record Fork(int version, int one, int other) {}

    final Nodes nodes;
    /** How many versions are writes. */
    final int writes;
    /** The node of each write. */
    final int[] writer;
    /** By version: the one that replaced it, or {@link #NOTHING}. */
    final int[] next;
    /** By version: its chain. */
    final int[] chain;
    /** By chain: its last version. */
    final int[] last;
    /** Of them only one can have replaced the version. */
    final List<Fork> forks = new ArrayList<>();

    private final IntArrayList[] reads;
    private boolean any;
    private boolean odd;

    /**
     * Finds them.
     *
     * @param bound the nodes that read where they stand, all of one session
     */
    Replacements(Nodes nodes, IntPredicate bound) {
        this.nodes = nodes;
        writes = nodes.writeKey.length;
        writer = new int[writes];
        for (int v = 0; v < nodes.size; v++) {
            Arrays.fill(writer, nodes.writeStart[v], nodes.writeStart[v + 1], v);
        }
        int versions = writes + nodes.history.keyCount();
        next = new int[versions];
        Arrays.fill(next, NOTHING);
        chain = new int[versions];
        last = new int[versions];
        reads = new IntArrayList[versions];
        boolean[] follows = new boolean[versions];
        for (int v = 0; v < nodes.size; v++) {
            boolean cas = nodes.isCas(v);
            if (cas || bound.test(v)) {
                for (int r = nodes.readStart[v]; r < nodes.readStart[v + 1]; r++) {
                    if (!nodes.isList(nodes.readKey[r])) {
                        add(v, r, follows);
                    }
                }
            }
        }
        for (int version = 0; version < versions; version++) {
            chain[version] = version; // those in a circle stay alone: there is no order anyway
            last[version] = version;
        }
        for (int version = 0; version < versions; version++) {
            if (!follows[version]) {
                for (int member = version; member >= 0; member = next[member]) {
                    chain[member] = version;
                    last[version] = member;
                }
            }
        }
    }

    private void add(int v, int r, boolean[] follows) {
        int key = nodes.readKey[r];
        int version = version(nodes.readSource[r], key);
        if (!nodes.writes(v, key)) {
            if (reads[version] == null) {
                reads[version] = new IntArrayList();
            }
            reads[version].addInt(v);
            return;
        }
        any = true;
        int write = version(v, key);
        if (next[version] >= 0) {
            forks.add(new Fork(version, writer[next[version]], v));
        } else if (follows[write]) {
            odd = true;
        } else {
            next[version] = write;
            follows[write] = true;
        }
    }

    /** Whether anything was replaced. */
    boolean any() {
        return any;
    }

    /** Whether a transaction read several versions of a key that it wrote, so that there are no chains. */
    boolean isOdd() {
        return odd;
    }

    /** The version that a node wrote; of {@link Nodes#INITIAL} the initial value. */
    int version(int node, int key) {
        if (node < 0) {
            return writes + key;
        }
        int w = nodes.writeStart[node];
        while (nodes.writeKey[w] != key) {
            w++;
        }
        return w;
    }

    int key(int version) {
        return version < writes ? nodes.writeKey[version] : version - writes;
    }

    /** The node that wrote the version; {@link Nodes#INITIAL} for the initial value. */
    int writer(int version) {
        return version < writes ? writer[version] : Nodes.INITIAL;
    }

    /** How many bound reads returned the version and did not replace it. */
    int readCount(int version) {
        return reads[version] == null ? 0 : reads[version].size();
    }

    /** One of them. */
    int read(int version, int i) {
        return reads[version].getInt(i);
    }

    /** What ends the chain: its last write, or the bound reads of its last version, as far as none of them follows another. */
    int[] ends(int chain) {
        int version = last[chain];
        if (readCount(version) == 0) {
            return version < writes ? new int[] {writer[version]} : new int[0];
        }
        int latest = -1;
        for (int i = 0; i < readCount(version); i++) {
            latest = Math.max(latest, nodes.invoked(read(version, i)));
        }
        IntArrayList ends = new IntArrayList();
        for (int i = 0; i < readCount(version); i++) {
            int completed = nodes.completed(read(version, i));
            if (completed == History.NEVER || completed > latest) {
                ends.addInt(read(version, i));
            }
        }
        return ends.toIntArray();
    }
}
