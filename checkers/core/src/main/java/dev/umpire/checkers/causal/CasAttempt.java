package dev.umpire.checkers.causal;

import dev.umpire.checkers.graph.Digraph;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import org.agrona.collections.IntArrayList;

/**
 * One walk through the graph, by the first proof of each node's effect.
 *
 * <p>A chain whose effect was proven before the last of it was even invoked takes place around the time between. What is
 * proven at such a time, of another chain of the key, must have been before it in a store with one order in real time,
 * and is put there (the zones of Gibbons and Korach, SIAM J. Comput. 26(4), 1997). In other stores that is a guess.
 */
final class CasAttempt {
    private static final int ROUNDS_OF_ZONES = 8;

    private final Nodes nodes;
    private final Replacements replaced;
    private final IntPredicate bound;
    private final Collection<IntArrayList> chainsByKey;
    private final Digraph graph;
    private final Steps steps;
    /** Twice the position at which the effect is proven, so that something fits in between. */
    private final long[] firstKnown;

    private final int[] order;
    private final int[] missing;
    private final BitSet placed = new BitSet();
    private final PriorityQueue<Integer> ready;
    /** By key: the version that is there. */
    private final int[] present;
    /** By key: its bound reads that are still to come. */
    private final int[] unread;

    /** The graph, against its edges. */
    private final Digraph causes;

    /** By node: the last look at what a chain waits for in which it was met. */
    private final int[] met;

    private int look;
    private final Map<Integer, IntArrayList> waitingFor = new HashMap<>();
    /** By node: the first writes of chains of its key that must wait until it is placed. */
    private final Map<Integer, IntArrayList> waitingForNode = new HashMap<>();

    private int blockedKey;
    private int blockedBy;

    private int holding = Replacements.NOTHING;
    private int waiting = Replacements.NOTHING;

    /**
     * A walk through a graph without cycles.
     *
     * @param bound the nodes of which every read returns the latest write before it
     * @param chainsByKey of each key of which something is replaced or read by a bound node, its chains
     */
    CasAttempt(
            Replacements replaced,
            IntPredicate bound,
            Collection<IntArrayList> chainsByKey,
            Digraph graph,
            Steps steps) {
        this.replaced = replaced;
        this.bound = bound;
        this.chainsByKey = chainsByKey;
        this.graph = graph;
        this.steps = steps;
        nodes = replaced.nodes;
        firstKnown = new long[nodes.size];
        order = graph.components().topologicalOrder();
        missing = new int[nodes.size];
        ready = new PriorityQueue<>((one, other) -> firstKnown[one] == firstKnown[other]
                ? Integer.compare(one, other)
                : Long.compare(firstKnown[one], firstKnown[other]));
        present = new int[nodes.history.keyCount()];
        unread = new int[nodes.history.keyCount()];
        met = new int[nodes.size];
        causes = Digraph.of(nodes.size, against -> {
            for (int v = 0; v < nodes.size; v++) {
                for (int slot = graph.firstSlot(v); slot < graph.firstSlot(v + 1); slot++) {
                    against.add(graph.successor(slot), v);
                }
            }
        });
    }

    /** After a walk that ended before all nodes were placed: the chain in whose way another is; none if that is unclear. */
    int holding() {
        return holding;
    }

    /** The chain that waits for {@link #holding}. */
    int waiting() {
        return waiting;
    }

    /** Whether all nodes were placed; at once false if the steps are spent. */
    boolean succeeds() {
        for (int v = 0; v < nodes.size; v++) {
            firstKnown[v] = 2L * nodes.completed(v);
            for (int slot = graph.firstSlot(v); slot < graph.firstSlot(v + 1); slot++) {
                missing[graph.successor(slot)]++;
            }
        }
        prove();
        for (int round = 0; round < ROUNDS_OF_ZONES && avoidZones(); round++) {
            prove();
        }
        for (int key = 0; key < present.length; key++) {
            come(key, replaced.version(Nodes.INITIAL, key));
        }
        for (int v = 0; v < nodes.size; v++) {
            if (missing[v] == 0) {
                offer(v);
            }
        }
        while (!ready.isEmpty() && !steps.spent()) {
            int v = ready.poll();
            steps.take();
            if (!placed.get(v)) {
                if (!mayCome(v)) {
                    waitingFor
                            .computeIfAbsent(blockedKey, key -> new IntArrayList())
                            .addInt(v);
                } else if (!mayBegin(v)) {
                    waitingForNode
                            .computeIfAbsent(blockedBy, node -> new IntArrayList())
                            .addInt(v);
                } else {
                    place(v);
                }
            }
        }
        boolean all = placed.cardinality() == nodes.size;
        if (!all) {
            noteConflict();
        }
        return all;
    }

    /** What follows from a node proves it. */
    private void prove() {
        steps.take(nodes.size);
        for (int at = order.length - 1; at >= 0; at--) {
            int v = order[at];
            for (int slot = graph.firstSlot(v); slot < graph.firstSlot(v + 1); slot++) {
                firstKnown[v] = Math.min(firstKnown[v], firstKnown[graph.successor(slot)]);
            }
        }
    }

    /** Puts chains that were proven within the time of another one before that; whether there were any. */
    private boolean avoidZones() {
        boolean any = false;
        for (IntArrayList chains : chainsByKey) {
            List<long[]> zones = new ArrayList<>();
            for (int i = 0; i < chains.size(); i++) {
                long[] zone = zone(chains.getInt(i));
                if (zone[0] < zone[1]) {
                    zones.add(zone);
                }
            }
            zones.sort((one, other) -> Long.compare(one[0], other[0]));
            for (int i = 0; i < chains.size(); i++) {
                any |= avoidZones(chains.getInt(i), zones);
            }
        }
        return any;
    }

    private boolean avoidZones(int chain, List<long[]> zones) {
        int last = replaced.last[chain];
        if (last >= replaced.writes) {
            return false;
        }
        long proven = zone(chain)[0];
        int low = 0;
        int high = zones.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (zones.get(middle)[0] < proven) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0 || zones.get(low - 1)[1] <= proven || zones.get(low - 1)[2] == chain) {
            return false;
        }
        int v = replaced.writer[last];
        long until = zones.get(low - 1)[0] - 1;
        boolean moves = until < firstKnown[v];
        firstKnown[v] = Math.min(firstKnown[v], until);
        return moves;
    }

    /** When the first of a chain was proven, when the last was invoked, and the chain. */
    private long[] zone(int chain) {
        long[] zone = {Long.MAX_VALUE, Long.MIN_VALUE, chain};
        for (int version = chain; version >= 0; version = replaced.next[version]) {
            if (version < replaced.writes) {
                widen(zone, replaced.writer[version]);
            }
            for (int i = 0; i < replaced.readCount(version); i++) {
                widen(zone, replaced.read(version, i));
            }
        }
        return zone;
    }

    private void widen(long[] zone, int v) {
        zone[0] = Math.min(zone[0], firstKnown[v]);
        zone[1] = Math.max(zone[1], 2L * nodes.invoked(v));
    }

    private void offer(int v) {
        ready.add(v);
    }

    private boolean mayCome(int v) {
        for (int w = nodes.writeStart[v]; w < nodes.writeStart[v + 1]; w++) {
            int key = nodes.writeKey[w];
            int next = replaced.next[present[key]];
            if (unread[key] > 0 || (next >= 0 && next != w)) {
                blockedKey = key;
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the chains that begin with this node can end without another write of their key: that one would wait for
     * the chain, and the chain for it (the banker's question of Dijkstra, EWD 623).
     */
    private boolean mayBegin(int v) {
        for (int w = nodes.writeStart[v]; w < nodes.writeStart[v + 1]; w++) {
            boolean holds = replaced.next[w] >= 0 || replaced.readCount(w) > 0;
            if (holds && replaced.chain[w] == w && !canEnd(w)) {
                return false;
            }
        }
        return true;
    }

    private boolean canEnd(int chain) {
        look++;
        int key = replaced.key(chain);
        IntArrayList open = new IntArrayList();
        meetRest(chain, open);
        while (!open.isEmpty()) {
            int v = open.popInt();
            steps.take();
            for (int w = nodes.writeStart[v]; w < nodes.writeStart[v + 1]; w++) {
                if (nodes.writeKey[w] == key && replaced.chain[w] != chain) {
                    blockedBy = v;
                    return false;
                }
                int there = present[nodes.writeKey[w]];
                if (nodes.writeKey[w] != key && replaced.chain[w] != replaced.chain[there]) {
                    meetRest(there, open);
                }
            }
            for (int slot = causes.firstSlot(v); slot < causes.firstSlot(v + 1); slot++) {
                meet(causes.successor(slot), open);
            }
        }
        return true;
    }

    /** Meets what is still to come of a chain, from this version on. */
    private void meetRest(int from, IntArrayList open) {
        for (int version = from; version >= 0; version = replaced.next[version]) {
            if (version < replaced.writes) {
                meet(replaced.writer[version], open);
            }
            for (int i = 0; i < replaced.readCount(version); i++) {
                meet(replaced.read(version, i), open);
            }
        }
    }

    private void meet(int v, IntArrayList open) {
        if (met[v] != look && !placed.get(v)) {
            met[v] = look;
            open.addInt(v);
        }
    }

    private void place(int v) {
        placed.set(v);
        IntArrayList others = waitingForNode.remove(v);
        if (others != null) {
            others.forEachInt(this::offer);
        }
        for (int r = nodes.readStart[v]; bound.test(v) && r < nodes.readStart[v + 1]; r++) {
            int key = nodes.readKey[r];
            if (!nodes.isList(key) && !nodes.writes(v, key) && --unread[key] == 0) {
                release(key);
            }
        }
        for (int w = nodes.writeStart[v]; w < nodes.writeStart[v + 1]; w++) {
            come(nodes.writeKey[w], w);
            if (unread[nodes.writeKey[w]] == 0) {
                release(nodes.writeKey[w]);
            }
        }
        for (int slot = graph.firstSlot(v); slot < graph.firstSlot(v + 1); slot++) {
            if (--missing[graph.successor(slot)] == 0) {
                offer(graph.successor(slot));
            }
        }
    }

    private void come(int key, int version) {
        present[key] = version;
        unread[key] = replaced.readCount(version);
    }

    private void release(int key) {
        IntArrayList all = waitingFor.get(key);
        if (all == null) {
            return;
        }
        int next = replaced.next[present[key]];
        if (next < 0) {
            all.forEachInt(this::offer);
            all.clear();
        } else if (all.containsInt(replaced.writer[next])) {
            offer(replaced.writer[next]); // stays in the list, and is then passed over
        }
    }

    /** Of those that wait, the one whose effect was known first, and the chain that is in its way. */
    private void noteConflict() {
        long first = Long.MAX_VALUE;
        for (Map.Entry<Integer, IntArrayList> one : waitingFor.entrySet()) {
            int held = replaced.chain[present[one.getKey()]];
            for (int i = 0; i < one.getValue().size(); i++) {
                int v = one.getValue().getInt(i);
                int waits = replaced.chain[replaced.version(v, one.getKey())];
                if (!placed.get(v) && waits != held && firstKnown[v] < first) {
                    first = firstKnown[v];
                    holding = held;
                    waiting = waits;
                }
            }
        }
    }
}
