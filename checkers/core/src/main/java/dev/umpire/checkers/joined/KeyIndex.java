package dev.umpire.checkers.joined;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * The writes of each key, lane by lane, and the last readers of each write in each lane.
 *
 * <p>A row is the writes of one key in one lane, in their order.
 */
final class KeyIndex {
    private final ReadsFrom readsFrom;
    private final Lanes lanes;
    private final int[] firstRow;
    private final int[] laneOfRow;
    private final int[] firstWrite;
    private final int[] writes;
    private final int[][] looseWrites;
    private final int[] firstReader;
    private final int[] readers;
    private final int[] nodeOfRead;
    private final boolean[] lastInitialRead;

    KeyIndex(ReadsFrom readsFrom) {
        this.readsFrom = readsFrom;
        this.lanes = readsFrom.lanes;
        int keys = lanes.history.keyCount();
        long[] order = new long[readsFrom.writeKey.length];
        IntArrayList[] loose = new IntArrayList[keys];
        int[] nodes = new int[order.length];
        int count = 0;
        // lane by lane, so that a stable sort by key gives rows
        for (int[] members : lanes.members) {
            for (int node : members) {
                for (int w = readsFrom.firstWrite[node]; w < readsFrom.firstWrite[node + 1]; w++) {
                    nodes[count] = node;
                    order[count] = ((long) readsFrom.writeKey[w] << 32) | count;
                    count++;
                }
            }
        }
        for (int node : lanes.loose) {
            for (int w = readsFrom.firstWrite[node]; w < readsFrom.firstWrite[node + 1]; w++) {
                int key = readsFrom.writeKey[w];
                loose[key] = loose[key] == null ? new IntArrayList() : loose[key];
                loose[key].addInt(node);
            }
        }
        Arrays.sort(order, 0, count);
        writes = new int[count];
        firstRow = new int[keys + 1];
        IntArrayList begins = new IntArrayList();
        IntArrayList lanesOfRows = new IntArrayList();
        int key = -1;
        int lane = -1;
        for (int i = 0; i < count; i++) {
            int node = nodes[(int) order[i]];
            int itsKey = (int) (order[i] >>> 32);
            writes[i] = node;
            while (key < itsKey) {
                firstRow[++key] = begins.size();
                lane = -1;
            }
            if (lanes.lane[node] != lane) {
                lane = lanes.lane[node];
                begins.addInt(i);
                lanesOfRows.addInt(lane);
            }
        }
        while (key < keys) {
            firstRow[++key] = begins.size();
        }
        begins.addInt(count);
        firstWrite = begins.toIntArray();
        laneOfRow = lanesOfRows.toIntArray();
        looseWrites = new int[keys][];
        for (int k = 0; k < keys; k++) {
            looseWrites[k] = loose[k] == null ? new int[0] : loose[k].toIntArray();
        }
        nodeOfRead = new int[readsFrom.readKey.length];
        for (int node = 0; node < lanes.size(); node++) {
            for (int r = readsFrom.firstRead[node]; r < readsFrom.firstRead[node + 1]; r++) {
                nodeOfRead[r] = node;
            }
        }
        lastInitialRead = new boolean[nodeOfRead.length];
        int[][] found = lastReaders();
        firstReader = found[0];
        readers = found[1];
    }

    /** Of each write of a key the last read of it in each lane: earlier ones come before these anyway. */
    private int[][] lastReaders() {
        int sources = readsFrom.writeKey.length;
        IntArrayList[] perSource = new IntArrayList[sources];
        // by key for the initial value: the lanes run through backwards, so that the first one met is the last
        boolean[] initialSeen = new boolean[lanes.history.keyCount()];
        int[] lastLane = new int[sources];
        Arrays.fill(lastLane, Lanes.NONE);
        IntArrayList keysSeen = new IntArrayList();
        for (int l = 0; l < lanes.laneCount(); l++) {
            int[] members = lanes.members[l];
            for (int i = members.length - 1; i >= 0; i--) {
                int node = members[i];
                for (int r = readsFrom.firstRead[node]; r < readsFrom.firstRead[node + 1]; r++) {
                    int source = readsFrom.readWrite[r];
                    if (readsFrom.readSource[r] == ReadsFrom.INITIAL && !initialSeen[readsFrom.readKey[r]]) {
                        initialSeen[readsFrom.readKey[r]] = true;
                        keysSeen.addInt(readsFrom.readKey[r]);
                        lastInitialRead[r] = true;
                    } else if (source >= 0 && lastLane[source] != l) {
                        lastLane[source] = l;
                        perSource[source] = perSource[source] == null ? new IntArrayList() : perSource[source];
                        perSource[source].addInt(r);
                    }
                }
            }
            keysSeen.forEachInt(key -> initialSeen[key] = false);
            keysSeen.clear();
        }
        int[] first = new int[sources + 1];
        IntArrayList all = new IntArrayList();
        for (int source = 0; source < sources; source++) {
            if (perSource[source] != null) {
                perSource[source].forEachInt(all::addInt);
            }
            first[source + 1] = all.size();
        }
        return new int[][] {first, all.toIntArray()};
    }

    /** The first of a key's rows; they end before {@code firstRow(key + 1)}. */
    int firstRow(int key) {
        return firstRow[key];
    }

    int lane(int row) {
        return laneOfRow[row];
    }

    /** Where a row's writes begin; they end before {@code firstWrite(row + 1)}. */
    int firstWrite(int row) {
        return firstWrite[row];
    }

    /** The node of a write. */
    int write(int at) {
        return writes[at];
    }

    /** The last write of a row among the first so many nodes of its lane; {@link Lanes#NONE} if there is none. */
    int lastWriteBefore(int row, int nodes) {
        int low = firstWrite[row];
        int high = firstWrite[row + 1];
        if (nodes == 0 || lanes.place[writes[low]] >= nodes) {
            return Lanes.NONE;
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (lanes.place[writes[middle]] < nodes) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return writes[low];
    }

    /** The writes of a key of unknown outcome that were read. */
    int[] looseWrites(int key) {
        return looseWrites[key];
    }

    /** The first of the slots of those that read a write of a key; they end before {@code firstReader(write + 1)}. */
    int firstReader(int write) {
        return firstReader[write];
    }

    /** A read's place. */
    int reader(int slot) {
        return readers[slot];
    }

    int nodeOfRead(int read) {
        return nodeOfRead[read];
    }

    /** Whether no later read in the node's lane returned the initial value of this key. */
    boolean isLastInitialRead(int node, int read) {
        return lanes.isLoose(node) || lastInitialRead[read];
    }
}
