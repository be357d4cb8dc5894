package dev.umpire.checkers.causal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/** The causal order of a few nodes: direct causes, and all that is in the past of each. O(nodes² · nodes / 64). */
final class CausalPast {
    final Nodes nodes;
    /** By node: those that come directly before it in its session, or that it reads from. */
    private final BitSet[] causes;
    /** By node: those from which chains of causes lead to it; itself too, if it is on a cycle. */
    private final BitSet[] past;

    /**
     * Finds the order.
     *
     * @param counts whether what a node read is a cause of it
     */
    CausalPast(Nodes nodes, IntPredicate counts) {
        this.nodes = nodes;
        causes = new BitSet[nodes.size];
        past = new BitSet[nodes.size];
        for (int v = 0; v < nodes.size; v++) {
            causes[v] = new BitSet(nodes.size);
            for (int u = 0; u < nodes.size; u++) {
                causes[v].set(u, u != v && nodes.sessionOrder(u, v));
            }
            for (int r = nodes.readStart[v]; counts.test(v) && r < nodes.readStart[v + 1]; r++) {
                if (nodes.readSource[r] >= 0) {
                    causes[v].set(nodes.readSource[r]);
                }
            }
            past[v] = (BitSet) causes[v].clone();
        }
        for (int middle = 0; middle < nodes.size; middle++) {
            for (int v = 0; v < nodes.size; v++) {
                if (past[v].get(middle)) {
                    past[v].or(past[middle]);
                }
            }
        }
    }

    /** Adds that one comes before another, and what follows from it; nothing if that is known. */
    void add(int before, int after) {
        if (past[after].get(before)) {
            return;
        }
        BitSet more = (BitSet) past[before].clone();
        more.set(before);
        for (int v = 0; v < nodes.size; v++) {
            if (v == after || past[v].get(after)) {
                past[v].or(more);
            }
        }
    }

    boolean isBefore(int before, int after) {
        return past[after].get(before);
    }

    boolean isCause(int before, int after) {
        return causes[after].get(before);
    }

    /** A shortest chain of causes from one node to another, at least one step long; empty if there is none. */
    List<Integer> chain(int from, int to) {
        int[] next = new int[nodes.size];
        Arrays.fill(next, -1);
        int[] queue = new int[nodes.size + 1];
        int size = 1;
        queue[0] = to;
        for (int head = 0; head < size; head++) {
            int at = queue[head];
            if (causes[at].get(from)) {
                List<Integer> chain = new ArrayList<>();
                chain.add(from);
                for (int step = at; ; step = next[step]) {
                    chain.add(step);
                    if (step == to) {
                        return chain;
                    }
                }
            }
            for (int u = causes[at].nextSetBit(0); u >= 0; u = causes[at].nextSetBit(u + 1)) {
                if (next[u] < 0 && u != to) {
                    next[u] = at;
                    queue[size++] = u;
                }
            }
        }
        return List.of();
    }
}
