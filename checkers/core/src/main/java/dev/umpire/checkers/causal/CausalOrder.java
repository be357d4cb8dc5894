package dev.umpire.checkers.causal;

import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.graph.EdgeSink;

/** The causal order {@code co = (so ∪ wr)+} of the nodes: its edges, and an order of all nodes in which they lead forward. */
final class CausalOrder {
    final Nodes nodes;
    final SessionOrder sessions;
    /** Empty if there is none, as the causal order has a cycle. */
    final int[] order;
    /** The place of each node in {@link #order}. */
    final int[] place;

    CausalOrder(Nodes nodes, SessionOrder sessions) {
        this.nodes = nodes;
        this.sessions = sessions;
        place = new int[nodes.size];
        int[] found = sessions.byTime;
        fillPlaces(found);
        if (!isForward()) {
            // an operation that reads and writes may have been read before it read
            Digraph graph = graph();
            found = graph.cyclic() ? new int[0] : graph.components().topologicalOrder();
            fillPlaces(found);
        }
        order = found;
    }

    private void fillPlaces(int[] found) {
        for (int at = 0; at < found.length; at++) {
            place[found[at]] = at;
        }
    }

    private boolean isForward() {
        for (int r = 0; r < nodes.readSource.length; r++) {
            if (nodes.readSource[r] >= 0 && place[nodes.readSource[r]] > place[nodes.reader[r]]) {
                return false;
            }
        }
        return true;
    }

    boolean cyclic() {
        return order.length < nodes.size;
    }

    Digraph graph() {
        return Digraph.of(nodes.size, this::tell);
    }

    /** Tells the edges of which the causal order is the closure. */
    void tell(EdgeSink edges) {
        for (int v = 0; v < nodes.size; v++) {
            for (int i = sessions.start[v]; i < sessions.start[v + 1]; i++) {
                edges.add(sessions.predecessor[i], v);
            }
            for (int r = nodes.readStart[v]; r < nodes.readStart[v + 1]; r++) {
                if (nodes.readSource[r] >= 0) {
                    edges.add(nodes.readSource[r], v);
                }
            }
        }
    }
}
