package dev.umpire.checkers.causal;

import java.util.BitSet;
import org.agrona.collections.IntArrayList;

/** Questions whether one node is the other or in its causal past, answered together by one run of the clocks. */
final class Precedence implements Clocks.Visitor {
    private final SessionOrder sessions;
    private final Clocks clocks;
    private final IntArrayList before = new IntArrayList();
    private final IntArrayList after = new IntArrayList();
    private final BitSet yes = new BitSet();
    private int[] start = new int[0];
    private int[] question = new int[0];

    Precedence(CausalOrder causal, Clocks clocks) {
        this.sessions = causal.sessions;
        this.clocks = clocks;
        start = new int[causal.nodes.size + 1];
    }

    /** Asks whether {@code first} is {@code second} or in its past; returns the number of the question. */
    int ask(int first, int second) {
        before.addInt(first);
        after.addInt(second);
        return before.size() - 1;
    }

    /** Answers all questions. */
    void answer() {
        for (int i = 0; i < after.size(); i++) {
            start[after.getInt(i) + 1]++;
        }
        for (int v = 0; v + 1 < start.length; v++) {
            start[v + 1] += start[v];
        }
        int[] next = start.clone();
        question = new int[after.size()];
        for (int i = 0; i < after.size(); i++) {
            question[next[after.getInt(i)]++] = i;
        }
        clocks.run(this);
    }

    boolean isYes(int asked) {
        return yes.get(asked);
    }

    @Override
    public void begin() {
        // the answers of other blocks stand
    }

    @Override
    public void visit(int node) {
        for (int i = start[node]; i < start[node + 1]; i++) {
            int first = before.getInt(question[i]);
            if (first == node || (clocks.covers(sessions.chain[first]) && clocks.isKnown(first))) {
                yes.set(question[i]);
            }
        }
    }
}
