package dev.umpire.checkers.sequential;

import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.agrona.collections.IntArrayList;

/**
 * Some operations of a history, session by session, numbered from 0 in the order of their invocations.
 *
 * <p>A lane is a row of operations of one session of which each was completed before the next was invoked. A session is one
 * lane, or several where its operations overlapped. Operations of unknown outcome precede nothing in their session; they are
 * loose and stand in no lane.
 */
final class Lanes {
    static final int NONE = -1;

    final History history;
    /** Of each node its operation. */
    final int[] operation;
    /** Of each node its lane; NONE if it is loose. */
    final int[] lane;
    /** Of each node its place in its lane, from 0; of a loose one its number among the loose ones. */
    final int[] place;
    /** Of each lane its nodes. */
    final int[][] members;
    /** The loose nodes. */
    final int[] loose;

    private final int[] firstPredecessor;
    private final int[] predecessors;

    /** @param operations in the order of their invocations; none that failed */
    Lanes(History history, int[] operations) {
        this(history, operations, operation -> false);
    }

    /** @param isFree operations that are not bound to their session and may never have taken effect */
    Lanes(History history, int[] operations, IntPredicate isFree) {
        this.history = history;
        this.operation = operations.clone();
        int size = operations.length;
        lane = new int[size];
        place = new int[size];
        firstPredecessor = new int[size + 1];
        IntArrayList before = new IntArrayList();
        IntArrayList looseNodes = new IntArrayList();
        IntArrayList[] lanesOfSession = new IntArrayList[history.sessionCount()];
        int[] length = new int[16];
        int[] last = new int[16];
        int[] lastButOne = new int[16];
        int lanes = 0;
        for (int node = 0; node < size; node++) {
            if (isFree.test(operations[node])) {
                firstPredecessor[node + 1] = before.size();
                lane[node] = NONE;
                place[node] = looseNodes.size();
                looseNodes.addInt(node);
                continue;
            }
            int session = history.session(operations[node]);
            if (lanesOfSession[session] == null) {
                lanesOfSession[session] = new IntArrayList();
            }
            IntArrayList own = lanesOfSession[session];
            int free = NONE;
            for (int i = 0; i < own.size(); i++) {
                int candidate = own.getInt(i);
                boolean follows = completed(last[candidate]) < invoked(node);
                int latest = follows ? last[candidate] : lastButOne[candidate];
                if (latest != NONE) {
                    before.addInt(latest);
                }
                if (follows && free == NONE) {
                    free = candidate;
                }
            }
            firstPredecessor[node + 1] = before.size();
            if (completed(node) == History.NEVER) {
                lane[node] = NONE;
                place[node] = looseNodes.size();
                looseNodes.addInt(node);
                continue;
            }
            if (free == NONE) {
                free = lanes++;
                own.addInt(free);
                if (lanes > length.length) {
                    length = Arrays.copyOf(length, 2 * lanes);
                    last = Arrays.copyOf(last, 2 * lanes);
                    lastButOne = Arrays.copyOf(lastButOne, 2 * lanes);
                }
                last[free] = NONE;
            }
            lane[node] = free;
            place[node] = length[free]++;
            lastButOne[free] = last[free];
            last[free] = node;
        }
        predecessors = before.toIntArray();
        loose = looseNodes.toIntArray();
        members = new int[lanes][];
        for (int node = 0; node < size; node++) {
            if (lane[node] != NONE) {
                if (members[lane[node]] == null) {
                    members[lane[node]] = new int[length[lane[node]]];
                }
                members[lane[node]][place[node]] = node;
            }
        }
    }

    int size() {
        return operation.length;
    }

    int laneCount() {
        return members.length;
    }

    boolean isLoose(int node) {
        return lane[node] == NONE;
    }

    int invoked(int node) {
        return history.invoked(operation[node]);
    }

    /** A position; NEVER if the node is loose. */
    int completed(int node) {
        return history.completed(operation[node]);
    }

    /** The first of the slots that hold the latest node of each lane of the session that precedes a node. */
    int firstPredecessor(int node) {
        return firstPredecessor[node];
    }

    /** The node in a slot. */
    int predecessor(int slot) {
        return predecessors[slot];
    }
}
