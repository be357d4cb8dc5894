package dev.umpire.checkers.causal;

import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.graph.EdgeSink;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Nodes that suffice to show that there is no {@link CasOrder}: those of a cycle, and all from which its edges follow. */
final class CasRefutation {
    /** From which nodes a given edge follows that is no cause. */
    @FunctionalInterface
    interface Grounds {
        int[] of(int before, int after);
    }

    /** All edges but those that were derived after the first so many. */
    @FunctionalInterface
    interface Edges {
        void tell(EdgeSink sink, int derived);
    }

    private final Nodes nodes;
    private final Replacements replaced;
    private final ChainEdges derived;
    private final Grounds grounds;
    private final Edges edges;
    private final BitSet in = new BitSet();
    /** Derived edges that are still to be shown. */
    private final Deque<Integer> open = new ArrayDeque<>();

    CasRefutation(Nodes nodes, Replacements replaced, ChainEdges derived, Grounds grounds, Edges edges) {
        this.nodes = nodes;
        this.replaced = replaced;
        this.derived = derived;
        this.grounds = grounds;
        this.edges = edges;
    }

    /**
     * In no order.
     *
     * @param graph of all edges, with a cycle
     */
    int[] nodesOf(Digraph graph) {
        Set<Integer> done = new HashSet<>();
        int[] cycle = ShortestPaths.someCycle(graph);
        collect(cycle, derived.size());
        collect(cycle[cycle.length - 1], cycle[0], edgesAmong(derived.size()));
        while (!open.isEmpty()) {
            int number = open.pop();
            if (done.add(number)) {
                ChainEdges.Edge edge = derived.get(number);
                addChains(edge);
                int[] why = grounds.of(edge.earlier(), edge.later());
                for (int v : why) {
                    in.set(v);
                }
                if (why.length == 0) {
                    Digraph then = Digraph.of(nodes.size, sink -> edges.tell(sink, edge.known()));
                    collect(ShortestPaths.path(then, edge.earlier(), edge.later()), edge.known());
                }
            }
        }
        return in.stream().toArray();
    }

    private void collect(int[] path, int known) {
        Map<Long, Integer> among = edgesAmong(known);
        for (int i = 0; i < path.length; i++) {
            in.set(path[i]);
            if (i > 0) {
                collect(path[i - 1], path[i], among);
            }
        }
    }

    private Map<Long, Integer> edgesAmong(int known) {
        Map<Long, Integer> first = new HashMap<>();
        for (int i = 0; i < known; i++) {
            first.putIfAbsent(pair(derived.get(i).from(), derived.get(i).to()), i);
        }
        return first;
    }

    private static long pair(int before, int after) {
        return ((long) before << Integer.SIZE) | after;
    }

    private void collect(int before, int after, Map<Long, Integer> among) {
        if (isCause(before, after)) {
            return;
        }
        int[] why = grounds.of(before, after);
        for (int v : why) {
            in.set(v);
        }
        Integer edge = among.get(pair(before, after));
        if (why.length == 0 && edge != null) {
            open.add(edge);
        }
        addSources(before, after);
    }

    /** Whether causes alone lead from the one to the other. */
    private boolean isCause(int before, int after) {
        if (nodes.sessionOrder(before, after)) {
            return true;
        }
        for (int r = nodes.readStart[after]; r < nodes.readStart[after + 1]; r++) {
            if (nodes.readSource[r] == before) {
                return true;
            }
        }
        return false;
    }

    /** What a read before a replacement returned, and the whole chain of the initial value, which comes before all others. */
    private void addSources(int before, int after) {
        for (int r = nodes.readStart[before]; r < nodes.readStart[before + 1]; r++) {
            int source = nodes.readSource[r];
            int key = nodes.readKey[r];
            if (!nodes.writes(after, key) || nodes.isList(key)) {
                continue;
            }
            int version = replaced.version(source, key);
            int initial = replaced.version(Nodes.INITIAL, key);
            if (source >= 0) {
                in.set(source);
            }
            if (replaced.chain[version] == initial) {
                for (int member = replaced.next[initial]; member >= 0; member = replaced.next[member]) {
                    in.set(replaced.writer[member]);
                }
            }
        }
    }

    /** The members of both chains from the nodes that were compared to the end of the one and the beginning of the other. */
    private void addChains(ChainEdges.Edge edge) {
        in.set(edge.from());
        boolean reached = false;
        for (int member = edge.firstChain(); member >= 0; member = replaced.next[member]) {
            reached |= isOf(member, edge.earlier());
            if (reached && replaced.writer(member) >= 0) {
                in.set(replaced.writer(member));
            }
        }
        for (int member = edge.secondChain(); member >= 0; member = replaced.next[member]) {
            in.set(replaced.writer(member));
            if (isOf(member, edge.later())) {
                return;
            }
        }
    }

    /** Whether the node wrote the version or is a bound read of it. */
    private boolean isOf(int version, int node) {
        boolean found = replaced.writer(version) == node;
        for (int i = 0; i < replaced.readCount(version); i++) {
            found |= replaced.read(version, i) == node;
        }
        return found;
    }
}
