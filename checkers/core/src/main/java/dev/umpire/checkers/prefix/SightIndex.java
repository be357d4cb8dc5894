package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Digraph;
import java.util.Arrays;

/** The sights by who saw and by what was seen, and happens-before by node; what a window needs to look things up. */
final class SightIndex {
    final Digraph happensBefore;
    private final Observers observers;
    private final int writes;
    private final int[] ofCas;
    private final int[] startByWrite;
    private final int[] byWrite;

    SightIndex(PrefixGraph graph) {
        observers = graph.observers;
        writes = graph.recorded.writes;
        happensBefore = graph.happensBefore();
        ofCas = new int[writes];
        Arrays.fill(ofCas, -1);
        startByWrite = new int[writes + 1];
        for (int sight = 0; sight < observers.count; sight++) {
            if (observers.node[sight] < writes) {
                ofCas[observers.node[sight]] = sight;
            }
            if (observers.write[sight] >= 0) {
                startByWrite[observers.write[sight] + 1]++;
            }
        }
        for (int write = 0; write < writes; write++) {
            startByWrite[write + 1] += startByWrite[write];
        }
        byWrite = new int[startByWrite[writes]];
        int[] fill = startByWrite.clone();
        for (int sight = 0; sight < observers.count; sight++) {
            if (observers.write[sight] >= 0) {
                byWrite[fill[observers.write[sight]]++] = sight;
            }
        }
    }

    /** The sights of a node: several of a snapshot, one of a cas, none of other nodes. */
    int[] of(int node) {
        if (node < writes) {
            return ofCas[node] < 0 ? new int[0] : new int[] {ofCas[node]};
        }
        int snapshot = node - writes;
        if (snapshot >= observers.snapshotStart.length - 1) {
            return new int[0];
        }
        int from = observers.snapshotStart[snapshot];
        int[] sights = new int[observers.snapshotStart[snapshot + 1] - from];
        Arrays.setAll(sights, i -> from + i);
        return sights;
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
