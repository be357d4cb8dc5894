package dev.umpire.checkers.causal;

import dev.umpire.checkers.graph.EdgeSink;
import java.util.ArrayList;
import java.util.List;

/** Edges that were derived between the chains of {@link Replacements}, one after another, and from what each follows. */
final class ChainEdges {
    /**
     * From the end of one chain to the beginning of another.
     *
     * @param firstChain the chain that comes first, by its version
     * @param secondChain the chain that comes after it
     * @param earlier a node of the first that comes before {@code later}, which is why; {@link Nodes#INITIAL} if it was tried
     * @param later a node of the second
     * @param known how many of these edges there were when it was derived
     */
    record Edge(int from, int to, int firstChain, int secondChain, int earlier, int later, int known) {}

    private final List<Edge> edges = new ArrayList<>();

    void add(Edge edge) {
        edges.add(edge);
    }

    int size() {
        return edges.size();
    }

    Edge get(int i) {
        return edges.get(i);
    }

    /** Takes back all but the first so many. */
    void cutTo(int count) {
        edges.subList(count, edges.size()).clear();
    }

    /** Tells the first so many. */
    void tell(EdgeSink sink, int most) {
        for (Edge edge : edges.subList(0, most)) {
            sink.add(edge.from(), edge.to());
        }
    }
}
