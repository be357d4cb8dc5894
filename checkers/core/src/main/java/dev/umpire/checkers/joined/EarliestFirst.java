package dev.umpire.checkers.joined;

import dev.umpire.checkers.graph.Digraph;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.PriorityQueue;
import org.agrona.collections.IntArrayList;

/**
 * Tries one order: what reads is placed as soon as it can be, and of the writes that can be placed that which was first known
 * to have taken effect.
 *
 * <p>A write can be placed when whatever the constraints put before it is placed and nobody still has to read the present
 * value of its key. O((nodes + edges) log nodes). The order is verified by {@link #isProof} from the reads alone; that there
 * is none here says nothing.
 */
final class EarliestFirst {
    private final ReadsFrom readsFrom;
    private final Lanes lanes;
    private final Digraph graph;
    private final int[] missing;
    /** Of each key the node whose value it has. */
    private final int[] present;
    /** Of each key how many nodes still have to read the present value. */
    private final int[] unread;

    private final int[] initialReaders;
    /** Of each write of a key how many nodes read it. */
    private final int[] readersOf;

    private final long[] firstKnown;
    private final IntArrayList[] waitingReaders;
    private final IntArrayList[] waitingWrites;
    private final PriorityQueue<Long> ready = new PriorityQueue<>();
    private final IntArrayList readable = new IntArrayList();
    private final int[] order;
    private int placed;

    private EarliestFirst(ReadsFrom readsFrom, Digraph graph) {
        this.readsFrom = readsFrom;
        this.lanes = readsFrom.lanes;
        this.graph = graph;
        int size = lanes.size();
        int keys = lanes.history.keyCount();
        missing = new int[size];
        for (int slot = 0; slot < graph.firstSlot(size); slot++) {
            missing[graph.successor(slot)]++;
        }
        present = new int[keys];
        Arrays.fill(present, ReadsFrom.INITIAL);
        initialReaders = new int[keys];
        readersOf = new int[readsFrom.writeKey.length];
        firstKnown = new long[size];
        for (int node = 0; node < size; node++) {
            firstKnown[node] = lanes.completed(node);
        }
        for (int node = 0; node < size; node++) {
            for (int r = readsFrom.firstRead[node]; r < readsFrom.firstRead[node + 1]; r++) {
                int source = readsFrom.readSource[r];
                if (source >= 0) {
                    readersOf[readsFrom.readWrite[r]]++;
                    firstKnown[source] = Math.min(firstKnown[source], lanes.completed(node));
                } else {
                    initialReaders[readsFrom.readKey[r]]++;
                }
            }
        }
        unread = initialReaders.clone();
        waitingReaders = new IntArrayList[size];
        waitingWrites = new IntArrayList[keys];
        order = new int[size];
    }

    /** The nodes in an order that satisfies every read; empty if this way leads to none. */
    static int[] order(ReadsFrom readsFrom, Digraph graph) {
        EarliestFirst attempt = new EarliestFirst(readsFrom, graph);
        attempt.run();
        return attempt.placed == attempt.order.length ? attempt.order : new int[0];
    }

    /** Whether the order keeps what precedes others before them, has every node once, and every read returns the latest write. */
    static boolean isProof(ReadsFrom readsFrom, int[] order) {
        Lanes lanes = readsFrom.lanes;
        boolean[] done = new boolean[lanes.size()];
        int[] latest = new int[lanes.history.keyCount()];
        Arrays.fill(latest, ReadsFrom.INITIAL);
        boolean right = order.length == lanes.size();
        for (int node : order) {
            right &= !done[node];
            for (int slot = lanes.firstPredecessor(node); slot < lanes.firstPredecessor(node + 1); slot++) {
                right &= done[lanes.predecessor(slot)];
            }
            for (int r = readsFrom.firstRead[node]; r < readsFrom.firstRead[node + 1]; r++) {
                right &= latest[readsFrom.readKey[r]] == readsFrom.readSource[r];
            }
            for (int w = readsFrom.firstWrite[node]; w < readsFrom.firstWrite[node + 1]; w++) {
                latest[readsFrom.writeKey[w]] = node;
            }
            done[node] = true;
        }
        if (!right || readsFrom.shown.length == 0) {
            return right;
        }
        int[] place = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            place[order[i]] = i;
        }
        for (int i = 0; i < readsFrom.shown.length; i += 3) {
            right &= place[readsFrom.shown[i]] < place[readsFrom.shown[i + 1]];
        }
        return right;
    }

    private void run() {
        for (int node = 0; node < missing.length; node++) {
            if (missing[node] == 0) {
                arrived(node);
            }
        }
        while (true) {
            if (!readable.isEmpty()) {
                int node = readable.removeAt(readable.size() - 1);
                if (canRead(node)) {
                    place(node);
                }
                continue;
            }
            Long first = ready.poll();
            if (first == null) {
                return;
            }
            int node = first.intValue();
            int blocking = blockingKey(node);
            if (blocking != History.NONE) {
                wait(waitingWrites, blocking, node);
            } else if (canRead(node)) {
                place(node);
            }
        }
    }

    /** Nothing is missing before the node any more. */
    private void arrived(int node) {
        if (readsFrom.firstWrite[node] == readsFrom.firstWrite[node + 1]) {
            readable.addInt(node);
        } else {
            ready.add((firstKnown[node] << Integer.SIZE) | node);
        }
    }

    /** Whether all that the node read is there; if not, it waits for the first that is not. */
    private boolean canRead(int node) {
        for (int r = readsFrom.firstRead[node]; r < readsFrom.firstRead[node + 1]; r++) {
            int source = readsFrom.readSource[r];
            if (present[readsFrom.readKey[r]] != source) {
                if (source >= 0) {
                    wait(waitingReaders, source, node);
                }
                return false;
            }
        }
        return true;
    }

    private static void wait(IntArrayList[] lists, int at, int node) {
        if (lists[at] == null) {
            lists[at] = new IntArrayList();
        }
        lists[at].addInt(node);
    }

    /** A key that the node writes and of which others still have to read the present value. */
    private int blockingKey(int node) {
        for (int w = readsFrom.firstWrite[node]; w < readsFrom.firstWrite[node + 1]; w++) {
            int key = readsFrom.writeKey[w];
            if (unread[key] > (readsPresent(node, key) ? 1 : 0)) {
                return key;
            }
        }
        return History.NONE;
    }

    private boolean readsPresent(int node, int key) {
        for (int r = readsFrom.firstRead[node]; r < readsFrom.firstRead[node + 1]; r++) {
            if (readsFrom.readKey[r] == key) {
                return readsFrom.readSource[r] == present[key];
            }
        }
        return false;
    }

    private void place(int node) {
        order[placed++] = node;
        for (int r = readsFrom.firstRead[node]; r < readsFrom.firstRead[node + 1]; r++) {
            int key = readsFrom.readKey[r];
            if (--unread[key] <= 1) {
                release(key);
            }
        }
        for (int w = readsFrom.firstWrite[node]; w < readsFrom.firstWrite[node + 1]; w++) {
            int key = readsFrom.writeKey[w];
            present[key] = node;
            unread[key] = readersOf[w];
            if (unread[key] <= 1) {
                release(key);
            }
        }
        if (waitingReaders[node] != null) {
            waitingReaders[node].forEachInt(this::arrived);
            waitingReaders[node].clear();
        }
        for (int slot = graph.firstSlot(node); slot < graph.firstSlot(node + 1); slot++) {
            int next = graph.successor(slot);
            if (--missing[next] == 0) {
                arrived(next);
            }
        }
    }

    private void release(int key) {
        if (waitingWrites[key] != null) {
            waitingWrites[key].forEachInt(node -> ready.add((firstKnown[node] << Integer.SIZE) | node));
            waitingWrites[key].clear();
        }
    }
}
