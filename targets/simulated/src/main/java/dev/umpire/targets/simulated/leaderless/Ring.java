package dev.umpire.targets.simulated.leaderless;

import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Who keeps what: keys are dealt into as many segments as there are nodes, and a segment is kept by the node of its number
 * and those that follow it in the ring.
 *
 * @param nodeCount how many nodes there are
 * @param n how many replicas a key has
 */
record Ring(int nodeCount, int n) {

    /** The segment of a key: 0 to {@code nodeCount - 1}. */
    int segment(Value key) {
        return (int) Long.remainderUnsigned(Digest.of(key.toString()), nodeCount);
    }

    /** The addresses of a segment's replicas. */
    List<Integer> replicas(int segment) {
        return from(segment, n);
    }

    /** Those who stand in for a segment's replicas, the first choice first. */
    List<Integer> standIns(int segment) {
        return from(segment + n, nodeCount - n);
    }

    private List<Integer> from(int first, int count) {
        List<Integer> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add((first + i) % nodeCount);
        }
        return nodes;
    }

    boolean keeps(int node, int segment) {
        return Math.floorMod(node - segment, nodeCount) < n;
    }
}
