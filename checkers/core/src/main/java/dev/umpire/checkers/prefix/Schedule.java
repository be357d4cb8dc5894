package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Digraph;
import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * A guess at the order of each key's writes for a history in which too much hangs together to be searched: the store is
 * played back. Whatever may come next by what is certain, comes: an observer at once, a write by the first proof of its
 * effect, but none as long as somebody is still to see what it replaces. Where every write has to wait for that, the first
 * goes on all the same. O(edges + nodes × log nodes) after {@link Saturation}.
 */
final class Schedule {
    private final PrefixGraph graph;
    private final Recorded recorded;
    private final Observers observers;
    private final SightIndex sights;
    private final Digraph certain;

    /** By node: how many that come before it are not placed. */
    private final int[] left;
    /** By write: how many observers of it are not placed. */
    private final int[] unseen;
    /** By key: the same of the initial value. */
    private final int[] unseenAtFirst;
    /** By key: the write that was placed last, or -1. */
    private final int[] current;

    private final PriorityQueue<Long> ready = new PriorityQueue<>();
    /** Writes that wait for somebody to see what they replace. */
    private final PriorityQueue<Long> waiting = new PriorityQueue<>();
    /** Nodes to place at once. */
    private int[] free = new int[64];

    private int freeCount;
    private boolean someoneSaw;

    /** By place in time, the writes. */
    private final int[] placed;

    private int placedCount;

    private Schedule(PrefixGraph graph, SightIndex sights, Digraph certain) {
        this.graph = graph;
        this.sights = sights;
        this.certain = certain;
        recorded = graph.recorded;
        observers = graph.observers;
        left = new int[certain.size()];
        unseen = new int[recorded.writes];
        unseenAtFirst = new int[recorded.judged.length];
        current = new int[unseenAtFirst.length];
        placed = new int[recorded.writes];
    }

    /** Puts the writes of every key whose order is not known into such an order. */
    static void into(PrefixGraph graph, SightIndex sights, Budget budget) {
        Digraph certain = Saturation.of(graph, budget);
        if (certain.cyclic()) {
            return;
        }
        Schedule schedule = new Schedule(graph, sights, certain);
        schedule.run();
        schedule.keep();
    }

    private void run() {
        Arrays.fill(current, -1);
        for (int slot = 0; slot < certain.firstSlot(certain.size()); slot++) {
            left[certain.successor(slot)]++;
        }
        for (int sight = 0; sight < observers.count; sight++) {
            count(sight, 1);
        }
        for (int node = 0; node < certain.size(); node++) {
            if (left[node] == 0 && (node >= recorded.writes || recorded.node(node) == node)) {
                add(node);
            }
        }
        placeFree();
        while (!ready.isEmpty() || !waiting.isEmpty()) {
            if (ready.isEmpty()) {
                place((int) (long) waiting.remove());
            } else {
                long first = ready.remove();
                if (mayPlace((int) first)) {
                    place((int) first);
                } else {
                    waiting.add(first);
                }
            }
            placeFree();
        }
    }

    private void count(int sight, int change) {
        int seen = observers.write[sight];
        if (seen >= 0) {
            unseen[seen] += change;
        } else {
            unseenAtFirst[observers.key[sight]] += change;
        }
    }

    private void add(int node) {
        if (node < recorded.writes) {
            ready.add(((long) recorded.evidence[node] << 32) | node);
        } else {
            if (freeCount == free.length) {
                free = Arrays.copyOf(free, 2 * freeCount);
            }
            free[freeCount++] = node;
        }
    }

    private void placeFree() {
        while (freeCount > 0) {
            place(free[--freeCount]);
        }
        if (someoneSaw) {
            someoneSaw = false;
            ready.addAll(waiting);
            waiting.clear();
        }
    }

    /** Whether all have seen what the writes of the node replace; a cas is itself one of those who see it. */
    private boolean mayPlace(int node) {
        for (int write = node; write < recorded.endOfNode(node); write++) {
            int key = recorded.writeKey[write];
            int own = 0;
            for (int sight : sights.of(node)) {
                own += observers.key[sight] == key && observers.write[sight] == seenIn(key) ? 1 : 0;
            }
            int others = current[key] < 0 ? unseenAtFirst[key] : unseen[current[key]];
            if (others > own) {
                return false;
            }
        }
        return true;
    }

    private int seenIn(int key) {
        return current[key] < 0 ? Recorded.INITIAL : current[key];
    }

    private void place(int node) {
        if (node < graph.realNodes) {
            for (int sight : sights.of(node)) {
                count(sight, -1);
                someoneSaw = true;
            }
        }
        if (node < recorded.writes) {
            for (int write = node; write < recorded.endOfNode(node); write++) {
                current[recorded.writeKey[write]] = write;
                placed[placedCount++] = write;
                someoneSaw = true;
            }
        }
        for (int slot = certain.firstSlot(node); slot < certain.firstSlot(node + 1); slot++) {
            int next = certain.successor(slot);
            if (--left[next] == 0) {
                add(next);
            }
        }
    }

    private void keep() {
        VersionOrders versions = graph.versions;
        int[][] ofKey = new int[versions.known.length][];
        int[] filled = new int[ofKey.length];
        for (int at = 0; at < placedCount; at++) {
            int key = recorded.writeKey[placed[at]];
            if (!versions.known[key]) {
                if (ofKey[key] == null) {
                    ofKey[key] = new int[versions.start[key + 1] - versions.start[key]];
                }
                ofKey[key][filled[key]++] = placed[at];
            }
        }
        for (int[] writes : ofKey) {
            if (writes != null) {
                versions.reorder(writes);
            }
        }
    }
}
