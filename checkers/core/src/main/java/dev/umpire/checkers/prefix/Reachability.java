package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.graph.Edges;
import java.util.Arrays;
import java.util.Optional;

/**
 * A strict partial order of a few nodes that only grows, until it is taken back to an earlier state. One row of bits for
 * each node: what comes after it.
 */
final class Reachability {
    private final int nodes;
    private final int words;
    private final long[] after;

    /** What was changed, to undo it: the place in {@link #after} and its former content. */
    private int[] changedPlace = new int[64];

    private long[] changedFrom = new long[64];
    private int changes;

    private Reachability(int nodes) {
        this.nodes = nodes;
        words = (nodes + 63) >> 6;
        after = new long[nodes * words];
    }

    /** The transitive closure; nothing if the edges have a cycle. */
    static Optional<Reachability> of(Edges edges, int nodes) {
        Digraph graph = Digraph.of(nodes, edges);
        Components components = graph.components();
        if (components.cyclic()) {
            return Optional.empty();
        }
        Reachability closure = new Reachability(nodes);
        int[] order = components.topologicalOrder();
        for (int i = nodes - 1; i >= 0; i--) {
            int node = order[i];
            for (int slot = graph.firstSlot(node); slot < graph.firstSlot(node + 1); slot++) {
                int next = graph.successor(slot);
                for (int word = 0; word < closure.words; word++) {
                    closure.after[node * closure.words + word] |= closure.after[next * closure.words + word];
                }
                closure.after[node * closure.words + (next >> 6)] |= 1L << next;
            }
        }
        return Optional.of(closure);
    }

    boolean before(int first, int second) {
        return (after[first * words + (second >> 6)] & 1L << second) != 0;
    }

    /** Adds one pair and what follows from it; false, with nothing changed, if that contradicts the order. */
    boolean add(int first, int second) {
        if (first == second || before(second, first)) {
            return false;
        }
        if (before(first, second)) {
            return true;
        }
        for (int node = 0; node < nodes; node++) {
            if (node == first || before(node, first)) {
                for (int word = 0; word < words; word++) {
                    long more = after[second * words + word];
                    if (word == second >> 6) {
                        more |= 1L << second;
                    }
                    set(node * words + word, more);
                }
            }
        }
        return true;
    }

    private void set(int place, long bits) {
        long old = after[place];
        if ((old | bits) == old) {
            return;
        }
        if (changes == changedPlace.length) {
            changedPlace = Arrays.copyOf(changedPlace, 2 * changes);
            changedFrom = Arrays.copyOf(changedFrom, 2 * changes);
        }
        changedPlace[changes] = place;
        changedFrom[changes++] = old;
        after[place] = old | bits;
    }

    /** A mark to which {@link #undo} can return. */
    int state() {
        return changes;
    }

    /** Takes back everything since the mark. */
    void undo(int state) {
        while (changes > state) {
            changes--;
            after[changedPlace[changes]] = changedFrom[changes];
        }
    }
}
