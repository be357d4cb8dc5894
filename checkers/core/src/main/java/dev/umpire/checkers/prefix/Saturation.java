package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.graph.EdgeSink;
import dev.umpire.checkers.graph.EdgeSource;
import dev.umpire.checkers.graph.Edges;
import dev.umpire.histories.History;
import java.util.Arrays;

/**
 * What is certain, closed under the two rules of {@link Window} over the whole history: of every observer the latest write
 * of each session that comes before it, and of every write that was seen the first of each session behind it, tell of all
 * others of the session. So a round takes O(nodes × sessions), where all pairs would be too many.
 *
 * <p>That holds of acknowledged writes that follow each other. Writes of unknown outcome, and those that overlap earlier ones
 * of their session, take no part, so that the closure is not complete; what it holds is certain all the same.
 */
final class Saturation implements EdgeSource {
    /** Nodes times sessions, 8 bytes each. */
    private static final long LARGEST = 1L << 24;

    private static final int MOST_ROUNDS = 64;
    private static final int NONE = -1;

    private final PrefixGraph graph;
    private final Recorded recorded;
    private final int sessions;
    private final Edges found = new Edges(64);
    /** By write: its session, {@link #NONE} if it takes no part. */
    private final int[] sessionOf;
    /** By write: its place among the writes of its session that take part. */
    private final int[] numberOf;
    /** By key the writes of each session that take part, in their order. */
    private final int[][][] ofKey;

    private Saturation(PrefixGraph graph) {
        this.graph = graph;
        recorded = graph.recorded;
        History history = recorded.history;
        sessions = history.sessionCount();
        sessionOf = new int[recorded.writes];
        numberOf = new int[recorded.writes];
        Arrays.fill(sessionOf, NONE);
        int[] count = new int[sessions];
        int[] latest = new int[sessions];
        Arrays.fill(latest, NONE);
        int[][] inKey = new int[recorded.judged.length][];
        for (int write = 0; write < recorded.realWrites; write++) {
            int session = history.session(recorded.writeOperation[write]);
            boolean follows = latest[session] == NONE
                    || recorded.node(latest[session]) == recorded.node(write)
                    || recorded.before(latest[session], write);
            if (!recorded.acknowledged(write) || !follows) {
                continue;
            }
            latest[session] = write;
            sessionOf[write] = session;
            numberOf[write] = count[session]++;
            int key = recorded.writeKey[write];
            if (inKey[key] == null) {
                inKey[key] = new int[sessions];
            }
            inKey[key][session]++;
        }
        ofKey = new int[inKey.length][][];
        for (int write = 0; write < recorded.realWrites; write++) {
            int key = recorded.writeKey[write];
            int session = sessionOf[write];
            if (session == NONE) {
                continue;
            }
            if (ofKey[key] == null) {
                ofKey[key] = new int[sessions][];
            }
            if (ofKey[key][session] == null) {
                ofKey[key][session] = new int[inKey[key][session]];
                inKey[key][session] = 0;
            }
            ofKey[key][session][inKey[key][session]++] = write;
        }
    }

    /** What is certain, closed; of a history that is too large for that, and where the budget is spent, not closed. */
    static Digraph of(PrefixGraph graph, Budget budget) {
        Digraph certain = graph.certain(new boolean[0]);
        if ((long) certain.size() * graph.recorded.history.sessionCount() > LARGEST) {
            return certain;
        }
        Saturation saturation = new Saturation(graph);
        for (int round = 0; round < MOST_ROUNDS && budget.take(); round++) {
            Components components = certain.components();
            if (components.cyclic() || !saturation.addFrom(certain, components.topologicalOrder())) {
                return certain;
            }
            certain = Digraph.of(graph.realNodes, saturation);
        }
        return certain;
    }

    @Override
    public void tell(EdgeSink edges) {
        graph.tellCertain(new boolean[0], edges);
        found.tell(edges);
    }

    /** One round; whether something new follows. */
    private boolean addFrom(Digraph certain, int[] order) {
        int[] last = new int[certain.size() * sessions];
        int[] first = new int[last.length];
        Arrays.fill(last, NONE);
        Arrays.fill(first, Integer.MAX_VALUE);
        for (int node : order) {
            int from = node * sessions;
            for (int slot = certain.firstSlot(node); slot < certain.firstSlot(node + 1); slot++) {
                int to = certain.successor(slot) * sessions;
                for (int session = 0; session < sessions; session++) {
                    last[to + session] = Math.max(last[to + session], last[from + session]);
                }
                if (node < recorded.realWrites && sessionOf[node] != NONE) {
                    int own = to + sessionOf[node];
                    last[own] = Math.max(last[own], numberOf[recorded.endOfNode(node) - 1]);
                }
            }
        }
        for (int at = order.length - 1; at >= 0; at--) {
            int node = order[at];
            int from = node * sessions;
            for (int slot = certain.firstSlot(node); slot < certain.firstSlot(node + 1); slot++) {
                int next = certain.successor(slot);
                int to = next * sessions;
                for (int session = 0; session < sessions; session++) {
                    first[from + session] = Math.min(first[from + session], first[to + session]);
                }
                if (next < recorded.realWrites && sessionOf[next] != NONE) {
                    int own = from + sessionOf[next];
                    first[own] = Math.min(first[own], numberOf[next]);
                }
            }
        }
        int before = found.size();
        Observers observers = graph.observers;
        for (int sight = 0; sight < observers.count; sight++) {
            int[][] writes = ofKey[observers.key[sight]];
            if (writes == null) {
                continue;
            }
            int observer = observers.node[sight];
            int seen = observers.write[sight];
            int seenNode = seen >= 0 ? recorded.node(seen) : NONE;
            for (int session = 0; session < sessions; session++) {
                int[] own = writes[session];
                if (own == null) {
                    continue;
                }
                int upTo = last[observer * sessions + session];
                int earlier = lastUpTo(own, upTo);
                if (earlier >= 0 && seenNode >= 0) {
                    int node = recorded.node(own[earlier]);
                    boolean isKnown = node == seenNode
                            || node == observer
                            || numberOf[own[earlier]] <= last[seenNode * sessions + session];
                    if (!isKnown) {
                        found.add(node, seenNode);
                    }
                }
                int later = seenNode < 0 ? 0 : lastUpTo(own, first[seenNode * sessions + session] - 1) + 1;
                if (later < own.length) {
                    int node = recorded.node(own[later]);
                    boolean isKnown = node == observer
                            || node == seenNode
                            || numberOf[own[later]] >= first[observer * sessions + session];
                    if (!isKnown) {
                        found.add(observer, node);
                    }
                }
            }
        }
        return found.size() > before;
    }

    /** The place of the last of these writes whose number is at most {@code most}, or -1. */
    private int lastUpTo(int[] writes, int most) {
        int low = 0;
        int high = writes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numberOf[writes[middle]] <= most) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
