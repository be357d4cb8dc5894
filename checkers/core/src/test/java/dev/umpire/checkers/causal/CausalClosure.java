package dev.umpire.checkers.causal;

import dev.umpire.checkers.graph.EdgeSink;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The causal order of a small history as a table of all pairs, straight from its edges. */
final class CausalClosure {
    final CausalOrder causal;
    private final Nodes nodes;
    private final boolean[][] before;

    CausalClosure(History history) {
        nodes = Nodes.of(history, new Reasons(Words.of(history)));
        causal = new CausalOrder(nodes, new SessionOrder(nodes));
        before = new boolean[nodes.size][nodes.size];
        for (int a = 0; a < nodes.size; a++) {
            for (int b = 0; b < nodes.size; b++) {
                before[a][b] = nodes.sessionOrder(a, b) || sources(b).contains(a);
            }
        }
        close();
    }

    private CausalClosure(CausalClosure other, Consumer<EdgeSink> edges) {
        nodes = other.nodes;
        causal = other.causal;
        before = new boolean[nodes.size][];
        Arrays.setAll(before, v -> other.before[v].clone());
        edges.accept((a, b) -> before[a][b] = true);
        close();
    }

    private void close() {
        for (int middle = 0; middle < before.length; middle++) {
            for (boolean[] of : before) {
                for (int b = 0; b < before.length && of[middle]; b++) {
                    of[b] |= before[middle][b];
                }
            }
        }
    }

    /** The closure of this order and some more edges. */
    CausalClosure with(Consumer<EdgeSink> edges) {
        return new CausalClosure(this, edges);
    }

    int size() {
        return nodes.size;
    }

    boolean isBefore(int node, int other) {
        return before[node][other];
    }

    boolean isEqualTo(CausalClosure other) {
        return Arrays.deepEquals(before, other.before);
    }

    /** How many nodes of a chain are before a node. */
    int countBefore(int chain, int node) {
        int count = 0;
        for (int v = 0; v < size(); v++) {
            count += causal.sessions.chain[v] == chain && isBefore(v, node) ? 1 : 0;
        }
        return count;
    }

    /** The writers of what the node read. */
    List<Integer> sources(int node) {
        List<Integer> sources = new ArrayList<>();
        for (int r = nodes.readStart[node]; r < nodes.readStart[node + 1]; r++) {
            if (nodes.readSource[r] != Nodes.INITIAL) {
                sources.add(nodes.readSource[r]);
            }
        }
        return sources;
    }

    /** Whether the node wrote the key of the read, another value than it returned, and is before the reader. */
    boolean isConflict(int node, int read) {
        return nodes.writes(node, nodes.readKey[read])
                && node != nodes.readSource[read]
                && isBefore(node, nodes.reader[read]);
    }

    /** Puts every write that conflicts with a read before the one that the read returned. */
    void tellConflicts(EdgeSink edges) {
        for (int read = 0; read < nodes.readSource.length; read++) {
            for (int v = 0; v < size() && nodes.readSource[read] != Nodes.INITIAL; v++) {
                if (isConflict(v, read)) {
                    edges.add(v, nodes.readSource[read]);
                }
            }
        }
    }

    List<Integer> initialReadsWithAWriteInTheirPast() {
        List<Integer> reads = new ArrayList<>();
        for (int read = 0; read < nodes.readSource.length; read++) {
            int asked = read;
            boolean written = IntStream.range(0, size()).anyMatch(v -> isConflict(v, asked));
            if (nodes.readSource[read] == Nodes.INITIAL && written) {
                reads.add(read);
            }
        }
        return reads;
    }
}
