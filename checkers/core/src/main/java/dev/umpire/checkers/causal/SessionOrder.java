package dev.umpire.checkers.causal;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * The order of each session, as edges and as chains.
 *
 * <p>One operation comes before another of its session if it completed before the other was invoked; operations that
 * overlap are not ordered, and one of unknown outcome comes before nothing. An edge leads to every node from those that no
 * other stands between. A chain is a list of nodes of one session each of which comes before the next; a session whose
 * operations do not overlap is one chain, and one more for each write of unknown outcome that was seen.
 */
final class SessionOrder {
    /** How many edges there may be for each node, beside {@link #EDGES_AT_LEAST}. */
    private static final int EDGES_A_NODE = 8;

    private static final int EDGES_AT_LEAST = 1 << 20;

    /** The predecessors of node v in its session stand from {@code start[v]} to before {@code start[v + 1]}. */
    final int[] start;

    final int[] predecessor;
    final int[] chain;
    /** The place of each node in its chain. */
    final int[] rank;

    final int[] chainSize;
    /**
     * All nodes, so that every edge leads forward, and from a write to those that read it too, unless they write as well:
     * pure writes stand where they were invoked, the others where they completed.
     */
    final int[] byTime;
    /** False if so many operations of a session overlap that the edges were given up. */
    final boolean complete;

    SessionOrder(Nodes nodes) {
        int size = nodes.size;
        int last = -1;
        for (int v = 0; v < size; v++) {
            last = Math.max(last, nodes.invoked(v));
            if (nodes.isAcknowledged(v)) {
                last = Math.max(last, nodes.completed(v));
            }
        }
        // by position: 2 * node at its invocation, 2 * node + 1 at its completion
        int[] event = new int[last + 1];
        Arrays.fill(event, -1);
        for (int v = 0; v < size; v++) {
            event[nodes.invoked(v)] = 2 * v;
            if (nodes.isAcknowledged(v)) {
                event[nodes.completed(v)] = 2 * v + 1;
            }
        }
        start = new int[size + 1];
        chain = new int[size];
        rank = new int[size];
        byTime = new int[size];
        Frontier[] sessions = new Frontier[nodes.history.sessionCount()];
        IntArrayList edges = new IntArrayList();
        IntArrayList sizes = new IntArrayList();
        int placed = 0;
        boolean within = true;
        int[] firstEdge = new int[size];
        int[] edgeCount = new int[size];
        for (int position = 0; position <= last && within; position++) {
            if (event[position] < 0) {
                continue;
            }
            int v = event[position] >> 1;
            Frontier session = sessions[nodes.session(v)];
            if (session == null) {
                session = new Frontier();
                sessions[nodes.session(v)] = session;
            }
            boolean invocation = (event[position] & 1) == 0;
            if (invocation) {
                firstEdge[v] = edges.size();
                session.tell(edges);
                edgeCount[v] = edges.size() - firstEdge[v];
                chain[v] = session.takeChain(sizes.size());
                if (chain[v] == sizes.size()) {
                    sizes.addInt(0);
                }
                rank[v] = sizes.getInt(chain[v]);
                sizes.setInt(chain[v], rank[v] + 1);
            } else {
                session.complete(nodes, v, chain[v]);
            }
            if (invocation ? !nodes.reads(v) : nodes.reads(v)) {
                byTime[placed++] = v;
            }
            within = edges.size() <= EDGES_AT_LEAST + (long) EDGES_A_NODE * size;
        }
        complete = within;
        chainSize = sizes.toIntArray();
        for (int v = 0; v < size; v++) {
            start[v + 1] = start[v] + edgeCount[v];
        }
        predecessor = new int[start[size]];
        for (int v = 0; v < size; v++) {
            for (int i = 0; i < edgeCount[v]; i++) {
                predecessor[start[v] + i] = edges.getInt(firstEdge[v] + i);
            }
        }
    }

    int chains() {
        return chainSize.length;
    }

    /** What a session has completed and no completed operation stands after, and its chains to which nodes may be added. */
    private static final class Frontier {
        private int[] completed = new int[2];
        private int count;
        private int[] freeChains = new int[2];
        private int free;

        private void tell(IntArrayList edges) {
            for (int i = 0; i < count; i++) {
                edges.addInt(completed[i]);
            }
        }

        private int takeChain(int next) {
            return free == 0 ? next : freeChains[--free];
        }

        private void complete(Nodes nodes, int node, int itsChain) {
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (nodes.completed(completed[i]) > nodes.invoked(node)) {
                    completed[kept++] = completed[i];
                }
            }
            if (kept == completed.length) {
                completed = Arrays.copyOf(completed, 2 * kept);
            }
            completed[kept] = node;
            count = kept + 1;
            if (free == freeChains.length) {
                freeChains = Arrays.copyOf(freeChains, 2 * free);
            }
            freeChains[free++] = itsChain;
        }
    }
}
