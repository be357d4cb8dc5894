package dev.umpire.checkers.joined;

import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.agrona.collections.IntArrayList;

/**
 * Some operations of a history, session by session, numbered from 0 in the order of their invocations.
 *
 * <p>A lane is a row of operations of one session of which each was completed before the next was invoked. A session is one
 * lane, or several where its operations overlapped. Operations of unknown outcome precede nothing in their session; they are
 * loose and stand in no lane.
 */
public final class Lanes {
    /** No node, and no lane. */
    public static final int NONE = -1;

    /** So many operations and lanes, multiplied, have each a predecessor said: cycles are found that are as short as can be. */
    private static final long MOST_DIRECT = 1 << 22;

    /** The history. */
    public final History history;
    /** Of each node its operation. */
    public final int[] operation;
    /** Of each node its lane; NONE if it is loose. */
    public final int[] lane;
    /** Of each node its place in its lane, from 0; of a loose one its number among the loose ones. */
    public final int[] place;
    /** Of each lane its nodes. */
    public final int[][] members;
    /** The loose nodes. */
    public final int[] loose;

    /** Which nodes precede others. */
    public final Precedence precedence;

    /** Whether of all that precede a node only those are said that do not precede another of them. */
    private final boolean sparing;

    private final int[] firstPredecessor;
    private final int[] predecessors;

    /** @param operations in the order of their invocations; none that failed */
    public Lanes(History history, int[] operations, Precedence precedence) {
        this(history, operations, precedence, operation -> false);
    }

    /** @param isFree operations that are bound to nothing and may never have taken effect */
    public Lanes(History history, int[] operations, Precedence precedence, IntPredicate isFree) {
        this.history = history;
        this.precedence = precedence;
        this.operation = operations.clone();
        sparing = (long) operations.length * history.sessionCount() > MOST_DIRECT;
        int size = operations.length;
        lane = new int[size];
        place = new int[size];
        firstPredecessor = new int[size + 1];
        IntArrayList before = new IntArrayList();
        IntArrayList looseNodes = new IntArrayList();
        IntArrayList[] lanesOfSession = new IntArrayList[history.sessionCount()];
        Growing lanes = new Growing();
        for (int node = 0; node < size; node++) {
            boolean unbound = isFree.test(operations[node]);
            int free = NONE;
            if (!unbound) {
                int session = history.session(operations[node]);
                if (lanesOfSession[session] == null) {
                    lanesOfSession[session] = new IntArrayList();
                }
                free = lanes.freeFor(node, lanesOfSession[session]);
                // what precedes nothing does not tell what those behind it follow
                boolean tells = free != NONE && completed(node) != History.NEVER;
                lanes.addPredecessors(
                        node, tells ? lanes.known.get(free) : new IntArrayList(), lanesOfSession[session], before);
            }
            firstPredecessor[node + 1] = before.size();
            if (unbound || completed(node) == History.NEVER) {
                lane[node] = NONE;
                place[node] = looseNodes.size();
                looseNodes.addInt(node);
            } else {
                lane[node] = lanes.append(node, free, lanesOfSession[history.session(operations[node])]);
            }
        }
        predecessors = before.toIntArray();
        loose = looseNodes.toIntArray();
        members = lanes.members();
    }

    /** The lanes while they are filled. */
    private final class Growing {
        private final List<IntArrayList> nodes = new ArrayList<>();
        /** Of each lane and each other the latest node of the other that precedes the last one of this. */
        private final List<IntArrayList> known = new ArrayList<>();

        /** The first lane of the session whose last node was completed in time; NONE if there is none. */
        private int freeFor(int node, IntArrayList own) {
            for (int i = 0; i < own.size(); i++) {
                int candidate = own.getInt(i);
                if (latestBefore(node, candidate) == last(candidate)) {
                    return candidate;
                }
            }
            return NONE;
        }

        private int last(int candidate) {
            IntArrayList members = nodes.get(candidate);
            return members.getInt(members.size() - 1);
        }

        /** The latest node of a lane that precedes a node: the last one, or that before; NONE if there is none. */
        private int latestBefore(int node, int candidate) {
            IntArrayList members = nodes.get(candidate);
            int last = members.size() - 1;
            if (completed(members.getInt(last)) < invoked(node)) {
                return members.getInt(last);
            }
            return last == 0 ? NONE : members.getInt(last - 1);
        }

        /** @param said what the node before in the lane follows, which is not said again; takes what is said now */
        private void addPredecessors(int node, IntArrayList said, IntArrayList own, IntArrayList before) {
            if (precedence == Precedence.SESSION) {
                for (int i = 0; i < own.size(); i++) {
                    int latest = latestBefore(node, own.getInt(i));
                    if (latest != NONE) {
                        before.addInt(latest);
                    }
                }
                return;
            }
            int[] latest = new int[nodes.size()];
            int begun = 0;
            for (int candidate = 0; candidate < latest.length; candidate++) {
                latest[candidate] = latestBefore(node, candidate);
                begun = latest[candidate] == NONE ? begun : Math.max(begun, invoked(latest[candidate]));
            }
            for (int candidate = 0; candidate < latest.length; candidate++) {
                int one = latest[candidate];
                if (candidate >= said.size()) {
                    said.addInt(NONE);
                }
                if (one != NONE && one != said.getInt(candidate)) {
                    // what was completed before another of them began comes before that one, which says it
                    if (!sparing || completed(one) >= begun) {
                        before.addInt(one);
                    }
                    said.setInt(candidate, one);
                }
            }
        }

        private int append(int node, int free, IntArrayList own) {
            int chosen = free;
            if (chosen == NONE) {
                chosen = nodes.size();
                nodes.add(new IntArrayList());
                known.add(new IntArrayList());
                own.addInt(chosen);
            }
            place[node] = nodes.get(chosen).size();
            nodes.get(chosen).addInt(node);
            return chosen;
        }

        private int[][] members() {
            int[][] members = new int[nodes.size()][];
            Arrays.setAll(members, one -> nodes.get(one).toIntArray());
            return members;
        }
    }

    public int size() {
        return operation.length;
    }

    public int laneCount() {
        return members.length;
    }

    boolean isLoose(int node) {
        return lane[node] == NONE;
    }

    public int invoked(int node) {
        return history.invoked(operation[node]);
    }

    /** A position; NEVER if the node is loose. */
    public int completed(int node) {
        return history.completed(operation[node]);
    }

    /**
     * The first of the slots that hold nodes that precede a node, from which all follow that do: the latest of each lane, of the
     * session or of all; where all are, without those that the node before in the lane follows and, where there are many, those that
     * precede another of them.
     */
    public int firstPredecessor(int node) {
        return firstPredecessor[node];
    }

    /** Why one that precedes another does so. */
    Constraints.Reason reason(int first, int second) {
        return history.session(operation[first]) == history.session(operation[second])
                ? Constraints.Reason.SESSION
                : Constraints.Reason.REAL_TIME;
    }

    /** The node in a slot. */
    public int predecessor(int slot) {
        return predecessors[slot];
    }
}
