package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.graph.EdgeSink;
import dev.umpire.checkers.graph.EdgeSource;
import dev.umpire.checkers.graph.Edges;
import dev.umpire.checkers.verdict.WriteOrder;
import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * All writes by the first event that proves that they had taken effect: their acknowledgement, or the first read that
 * returned them. Without cas this order extends happens-before and the real-time order of each key's writes: what comes
 * later in either was invoked after the earlier one was proven.
 *
 * <p>A cas proves at its end, or when it is seen itself, that what it read had taken effect; of equal proofs the start of
 * a chain of cas comes first.
 */
final class Evidence {
    /** About how many pairs are looked at of writes whose effect was proven before they were invoked. */
    private static final int MOST_IN_TIME = 1_000_000;

    private Evidence() {}

    /** The writes in that order; sharpens {@link Recorded#evidence} along chains of cas. */
    static int[] order(Recorded recorded, WriteOrder assumption) {
        int[] sequence = recorded.isPlain() ? byDepth(recorded) : byPrecedence(recorded, assumption);
        long[] keys = new long[sequence.length];
        for (int i = 0; i < sequence.length; i++) {
            keys[i] = ((long) recorded.evidence[sequence[i]] << 32) | i;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            order[i] = sequence[(int) keys[i]];
        }
        return order;
    }

    /**
     * The same where transactions read and write, and lists show an order: who saw a write proves what that rested on, and a
     * write stands after what comes before it. What is proven before it was invoked also proves what real time puts before
     * it, if that is assumed.
     */
    private static int[] byPrecedence(Recorded recorded, WriteOrder assumption) {
        Edges inTime = new Edges(0);
        boolean[] looked = new boolean[recorded.writes];
        EdgeSource precedence = edges -> {
            tellPrecedence(recorded, edges);
            inTime.tell(edges);
        };
        int known;
        do {
            known = inTime.size();
            propagate(recorded, precedence);
            for (int write = 0; write < recorded.realWrites && assumption == WriteOrder.REAL_TIME; write++) {
                boolean early = recorded.evidence[write] < recorded.history.invoked(recorded.writeOperation[write]);
                if (early && !looked[write] && inTime.size() < MOST_IN_TIME) {
                    looked[write] = true;
                    addInTime(recorded, write, inTime);
                }
            }
        } while (inTime.size() > known);
        int[] sequence = new int[recorded.writes];
        int filled = 0;
        for (int first : Digraph.of(recorded.writes, precedence).components().topologicalOrder()) {
            for (int write = first; recorded.node(first) == first && write < recorded.endOfNode(first); write++) {
                sequence[filled++] = write;
            }
        }
        return sequence;
    }

    private static void addInTime(Recorded recorded, int write, Edges inTime) {
        for (int other = 0; other < recorded.realWrites; other++) {
            if (recorded.writeKey[other] == recorded.writeKey[write] && recorded.before(other, write)) {
                inTime.add(recorded.node(other), recorded.node(write));
            }
        }
    }

    private static void propagate(Recorded recorded, EdgeSource precedence) {
        Digraph causes =
                Digraph.of(recorded.writes, edges -> precedence.tell((cause, effect) -> edges.add(effect, cause)));
        PriorityQueue<Long> open = new PriorityQueue<>();
        for (int write = 0; write < recorded.writes; write++) {
            if (recorded.node(write) == write) {
                open.add(((long) recorded.evidence[write] << 32) | write);
            }
        }
        while (!open.isEmpty()) {
            long first = open.remove();
            int write = (int) first;
            int proof = (int) (first >>> 32);
            for (int slot = causes.firstSlot(write);
                    slot < causes.firstSlot(write + 1) && recorded.evidence[write] == proof;
                    slot++) {
                int cause = causes.successor(slot);
                if (recorded.evidence[cause] > proof) {
                    recorded.evidence[cause] = proof;
                    open.add(((long) proof << 32) | cause);
                }
            }
        }
        for (int write = 0; write < recorded.writes; write++) {
            recorded.evidence[write] = recorded.evidence[recorded.node(write)];
        }
    }

    private static void tellPrecedence(Recorded recorded, EdgeSink edges) {
        int write = 0;
        for (int i = 0; i < recorded.size() && write < recorded.realWrites; i++) {
            if (recorded.writeOperation[write] == recorded.operation(i)) {
                for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
                    if (recorded.entryWrite[entry] >= 0) {
                        edges.add(recorded.node(recorded.entryWrite[entry]), write);
                    }
                }
                write = recorded.endOfNode(write);
            }
        }
        for (int[] list : recorded.shown) {
            for (int place = 1; place < list.length; place++) {
                edges.add(recorded.node(list[place - 1]), recorded.node(list[place]));
            }
        }
    }

    /** The writes by the length of the chain of cas that leads to them; in their own order where it is equal. */
    private static int[] byDepth(Recorded recorded) {
        int writes = recorded.writes;
        int[] sequence = new int[writes];
        Arrays.setAll(sequence, write -> write);
        int[] depth = new int[writes];
        int deepest = 0;
        int[] chain = new int[writes];
        for (int write = 0; write < writes; write++) {
            int length = 0;
            int at = write;
            // a chain that bites its tail ends there: it is a contradiction that the graph will find
            while (at >= 0 && recorded.casRead[at] >= 0 && depth[at] == 0 && length < writes) {
                depth[at] = -1;
                chain[length++] = at;
                at = recorded.casRead[at];
                if (depth[at] < 0) {
                    break;
                }
            }
            int base = at >= 0 ? Math.max(0, depth[at]) : 0;
            while (length > 0) {
                depth[chain[--length]] = ++base;
                deepest = Math.max(deepest, base);
            }
        }
        if (deepest == 0) {
            return sequence;
        }
        int[] start = new int[deepest + 2];
        for (int write = 0; write < writes; write++) {
            start[depth[write] + 1]++;
        }
        for (int d = 0; d <= deepest; d++) {
            start[d + 1] += start[d];
        }
        for (int write = 0; write < writes; write++) {
            sequence[start[depth[write]]++] = write;
        }
        for (int i = writes - 1; i >= 0; i--) {
            int read = recorded.casRead[sequence[i]];
            if (read >= 0) {
                recorded.evidence[read] = Math.min(recorded.evidence[read], recorded.evidence[sequence[i]]);
            }
        }
        return sequence;
    }
}
