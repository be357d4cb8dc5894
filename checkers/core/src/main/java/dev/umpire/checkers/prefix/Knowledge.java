package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.EdgeSink;
import java.util.Arrays;

/**
 * What each session knows at one time: a list of nodes, all of which come before the next node of the session. A long
 * list is folded into one node that only passes order on, so that a session whose operations overlap has O(n) edges too.
 */
final class Knowledge {
    private static final int FOLD_AT = 16;

    private final EdgeSink edges;
    private final boolean mayFold;
    private final int[][] nodes;
    private final int[] count;
    /** How often the knowledge of a session has changed. */
    private final int[] changes;

    private int nextNode;

    /**
     * Knowledge of nothing.
     *
     * @param firstFree the number of the first fold
     * @param mayFold whether lists are folded; not where a node may come to follow itself, which is no contradiction
     */
    Knowledge(int sessions, int firstFree, boolean mayFold, EdgeSink edges) {
        this.edges = edges;
        this.mayFold = mayFold;
        nodes = new int[sessions][];
        count = new int[sessions];
        changes = new int[sessions];
        nextNode = firstFree;
    }

    /** The first number that no fold has. */
    int nextNode() {
        return nextNode;
    }

    /** How often what the session knows has changed so far. */
    int changes(int session) {
        return changes[session];
    }

    /** Tells that the node comes after all that the session knows. */
    void precede(int session, int node) {
        for (int k = 0; k < count[session]; k++) {
            if (nodes[session][k] != node) {
                edges.add(nodes[session][k], node);
            }
        }
    }

    /** The session knows the node, and what it knew at {@code sinceChange} is implied by that if nothing was learnt since. */
    void replace(int session, int node, int sinceChange) {
        if (changes[session] == sinceChange) {
            count[session] = 0;
        }
        learn(session, node);
    }

    /** The session knows the node too. */
    void learn(int session, int node) {
        int known = count[session];
        if (nodes[session] == null) {
            nodes[session] = new int[FOLD_AT];
        }
        if (known > 0 && nodes[session][known - 1] == node) {
            return;
        }
        if (known == nodes[session].length) {
            if (mayFold) {
                fold(session);
                known = 1;
            } else {
                nodes[session] = Arrays.copyOf(nodes[session], 2 * known);
            }
        }
        nodes[session][known] = node;
        count[session] = known + 1;
        changes[session]++;
    }

    /** Makes one node of all that the session knows, if it is several. */
    void fold(int session) {
        if (count[session] < 2 || !mayFold) {
            return;
        }
        int fold = nextNode++;
        for (int k = 0; k < count[session]; k++) {
            edges.add(nodes[session][k], fold);
        }
        nodes[session][0] = fold;
        count[session] = 1;
    }
}
