package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Digraph;
import java.util.Arrays;

/** The sights by who saw and by what was seen, and the fixed order by node; what a window needs to look things up. */
final class SightIndex {
    final Digraph fixed;
    private final Observers observers;
    private final int writes;
    private final int[] startByNode;
    private final int[] byNode;
    private final int[] startByWrite;
    private final int[] byWrite;

    SightIndex(PrefixGraph graph) {
        observers = graph.observers;
        writes = graph.recorded.writes;
        fixed = graph.fixed();
        startByNode = new int[graph.realNodes + 1];
        startByWrite = new int[writes + 1];
        for (int sight = 0; sight < observers.count; sight++) {
            startByNode[observers.node[sight] + 1]++;
            if (observers.write[sight] >= 0) {
                startByWrite[observers.write[sight] + 1]++;
            }
        }
        for (int write = 0; write < writes; write++) {
            startByWrite[write + 1] += startByWrite[write];
        }
        for (int node = 0; node < graph.realNodes; node++) {
            startByNode[node + 1] += startByNode[node];
        }
        byNode = new int[observers.count];
        int[] next = startByNode.clone();
        for (int sight = 0; sight < observers.count; sight++) {
            byNode[next[observers.node[sight]]++] = sight;
        }
        byWrite = new int[startByWrite[writes]];
        int[] fill = startByWrite.clone();
        for (int sight = 0; sight < observers.count; sight++) {
            if (observers.write[sight] >= 0) {
                byWrite[fill[observers.write[sight]]++] = sight;
            }
        }
    }

    /** The sights of a node: those of an observation, of a cas, of both where they have one place; else none. */
    int[] of(int node) {
        return node < startByNode.length - 1
                ? Arrays.copyOfRange(byNode, startByNode[node], startByNode[node + 1])
                : new int[0];
    }

    /** Of the observers that saw the write, the one with the largest position; -1 if there is none. */
    int lastObserver(int write, int[] position) {
        int last = -1;
        for (int i = startByWrite[write]; i < startByWrite[write + 1]; i++) {
            int observer = observers.node[byWrite[i]];
            if (last < 0 || position[observer] > position[last]) {
                last = observer;
            }
        }
        return last;
    }
}
