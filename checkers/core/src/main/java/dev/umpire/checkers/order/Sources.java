package dev.umpire.checkers.order;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.IntArrayList;

/**
 * A growing set of writes that all stand before whatever is bound next.
 *
 * <p>{@code sources.add(w)} for every own write as it completes, then {@code sources.before(v)}: edges from all of them
 * to {@code v}, but none from {@code v}'s own chain. The sources are the leaves of a binary tree whose inner nodes are
 * helper nodes of the graph; all but one of them are a few subtrees, so that a call costs O(log) edges. One helper node
 * for all of them would lead from {@code v} back to {@code v} whenever {@code v} is a source itself.
 */
public final class Sources {
    private final VersionGraph graph;
    /** The nodes of each level of the tree; level 0 are the heads of the chains in the order of their arrival. */
    private final List<IntArrayList> levels = new ArrayList<>();

    private final Int2IntHashMap rankOfHead = new Int2IntHashMap(-1);
    private final Int2IntHashMap latestOfHead = new Int2IntHashMap(-1);

    Sources(VersionGraph graph) {
        this.graph = graph;
        levels.add(new IntArrayList());
    }

    /** From now on this write stands before whatever is bound. */
    public void add(int write) {
        int head = graph.chains().head(write);
        int latest = latestOfHead.get(head);
        if (latest < 0 || graph.chains().place(latest) < graph.chains().place(write)) {
            latestOfHead.put(head, write);
        }
        if (rankOfHead.get(head) >= 0) {
            return;
        }
        IntArrayList leaves = levels.get(0);
        rankOfHead.put(head, leaves.size());
        leaves.addInt(head);
        int count = leaves.size();
        for (int level = 1; count % (1 << level) == 0; level++) {
            if (levels.size() == level) {
                levels.add(new IntArrayList());
            }
            IntArrayList below = levels.get(level - 1);
            int parent = graph.addHelper();
            graph.addRawEdge(below.getInt(below.size() - 2), parent);
            graph.addRawEdge(below.getInt(below.size() - 1), parent);
            levels.get(level).addInt(parent);
        }
    }

    /** Binds a write: every source stands before it, or is it. */
    public void before(int write) {
        int head = graph.chains().head(write);
        int latest = latestOfHead.get(head);
        if (latest >= 0) {
            graph.addEdge(latest, write);
        }
        int own = rankOfHead.get(head);
        int count = levels.get(0).size();
        if (own < 0) {
            range(0, count, head);
        } else {
            range(0, own, head);
            range(own + 1, count, head);
        }
    }

    private void range(int from, int to, int head) {
        int at = from;
        while (at < to) {
            int level = Math.min(Integer.numberOfTrailingZeros(at), 31 - Integer.numberOfLeadingZeros(to - at));
            graph.addRawEdge(levels.get(level).getInt(at >> level), head);
            at += 1 << level;
        }
    }
}
