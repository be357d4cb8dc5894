package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.EdgeSink;
import java.util.Arrays;

/**
 * Real time over all keys: an acknowledged write comes before every write that was invoked after its acknowledgement. One
 * node for each time at which a write begins and others were acknowledged since the last: what was acknowledged so far
 * comes before it, what is invoked from then on after it. O(n) edges.
 */
final class TimeBarriers implements Timeline.Listener {
    private final EdgeSink edges;
    private int barrier = -1;
    private int nextNode;
    private int[] acknowledged = new int[64];
    private int count;

    private TimeBarriers(int firstFree, EdgeSink edges) {
        nextNode = firstFree;
        this.edges = edges;
    }

    /**
     * Tells the edges; those that lead to a node before those that leave it.
     *
     * @param firstFree the number of the first node that only passes order on
     * @return the first number that is still free
     */
    static int tell(Recorded recorded, int firstFree, EdgeSink edges) {
        TimeBarriers barriers = new TimeBarriers(firstFree, edges);
        Timeline.tell(recorded, barriers);
        return barriers.nextNode;
    }

    @Override
    public void invoked(int i, int write) {
        if (write < 0) {
            return;
        }
        if (count > 0) {
            if (barrier >= 0) {
                edges.add(barrier, nextNode);
            }
            for (int k = 0; k < count; k++) {
                edges.add(acknowledged[k], nextNode);
            }
            count = 0;
            barrier = nextNode++;
        }
        if (barrier >= 0) {
            edges.add(barrier, write);
        }
    }

    @Override
    public void completed(int i, int write) {
        if (write < 0) {
            return;
        }
        if (count == acknowledged.length) {
            acknowledged = Arrays.copyOf(acknowledged, 2 * count);
        }
        acknowledged[count++] = write;
    }
}
