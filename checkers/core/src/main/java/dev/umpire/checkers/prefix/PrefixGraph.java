package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.graph.EdgeSink;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What must come before what, as graphs over writes (first), observations (then) and nodes that only pass order on (last).
 *
 * <p>{@link #guessed} takes the order of {@link VersionOrders} for each key: without a cycle, any topological order of it
 * is an order of all writes that explains every observation. {@link #certain} has only edges that every such order must
 * have: a cycle in it is a violation.
 */
final class PrefixGraph {
    final Recorded recorded;
    final VersionOrders versions;
    final Observers observers;
    /** Writes and observations: nodes from here on only pass order on. */
    final int realNodes;

    private final FixedOrder fixed;
    private final int[] positioned;

    PrefixGraph(Recorded recorded, VersionOrders versions) {
        this.recorded = recorded;
        this.versions = versions;
        observers = new Observers(recorded);
        realNodes = recorded.writes + recorded.observations.length;
        fixed = new FixedOrder(recorded, observers);
        positioned = positionedWrites();
    }

    /** The writes of keys that are ordered by position, in the order of their positions. */
    private int[] positionedWrites() {
        if (!versions.uses(VersionOrders.Source.POSITIONS)) {
            return new int[0];
        }
        int count = 0;
        int[] found = new int[recorded.writes];
        for (int write : versions.ordered) {
            if (versions.hasPosition(write)) {
                found[count++] = write;
            }
        }
        found = Arrays.copyOf(found, count);
        versions.sortByMark(found);
        return found;
    }

    boolean isObservation(int node) {
        return node >= recorded.writes && node < realNodes;
    }

    /** The graph with the guessed order of each key's writes as it is now. */
    Digraph guessed() {
        return Digraph.of(realNodes, this::tellGuessed);
    }

    /**
     * Whether the guessed order keeps to real time, where that is assumed. The first proof of a write never stands before
     * its invocation, except through a chain of cas that was acknowledged or seen earlier.
     */
    boolean guessKeepsRealTime() {
        if (versions.assumption != WriteOrder.REAL_TIME
                || recorded.promise == Promise.STRICT
                || !isAnyProvenBeforeInvocation()) {
            return true;
        }
        return !Digraph.of(realNodes, edges -> {
                    tellGuessed(edges);
                    int[] after = new int[recorded.writes];
                    addRealTime(edges, after, fixed.tell(realNodes, (from, to) -> {}));
                })
                .cyclic();
    }

    private boolean isAnyProvenBeforeInvocation() {
        for (int write = 0; write < recorded.writes; write++) {
            if (recorded.evidence[write] < recorded.history.invoked(recorded.writeOperation[write])) {
                return true;
            }
        }
        return false;
    }

    /** The graph of the fixed order alone; nodes that only pass it on have the same numbers in all graphs. */
    Digraph fixed() {
        return Digraph.of(realNodes, edges -> fixed.tell(realNodes, edges));
    }

    private void tellGuessed(EdgeSink edges) {
        fixed.tell(realNodes, edges);
        addPositions(edges);
        for (int key = 0; key < versions.known.length; key++) {
            addChain(edges, key);
        }
        for (int sight = 0; sight < observers.count; sight++) {
            addSight(edges, sight);
            int next = nextAfter(sight);
            if (next >= 0 && next != observers.node[sight]) {
                edges.add(observers.node[sight], recorded.node(next));
            }
        }
    }

    /** The next write of the key after the one that was seen, or -1. */
    private int nextAfter(int sight) {
        int seen = observers.write[sight];
        return seen == Recorded.INITIAL ? versions.first(observers.key[sight]) : versions.next(seen);
    }

    private void addSight(EdgeSink edges, int sight) {
        if (observers.write[sight] >= 0) {
            edges.add(recorded.node(observers.write[sight]), observers.node[sight]);
        }
    }

    private void addChain(EdgeSink edges, int key) {
        for (int i = versions.start[key] + 1; i < versions.start[key + 1]; i++) {
            edges.add(recorded.node(versions.ordered[i - 1]), recorded.node(versions.ordered[i]));
        }
    }

    /** One position for two writes contradicts itself, so that each comes before the other. */
    void addPositions(EdgeSink edges) {
        for (int i = 1; i < positioned.length; i++) {
            int earlier = recorded.node(positioned[i - 1]);
            int later = recorded.node(positioned[i]);
            if (earlier != later) {
                edges.add(earlier, later);
                if (versions.mark(positioned[i - 1]) == versions.mark(positioned[i])) {
                    edges.add(later, earlier);
                }
            }
        }
    }

    /** The graph of what is certain, without the observations in {@code without}; that array is by observation, or empty. */
    Digraph certain(boolean[] without) {
        return Digraph.of(realNodes, edges -> tellCertain(without, edges));
    }

    void tellCertain(boolean[] without, EdgeSink edges) {
        int node = fixed.tell(realNodes, edges);
        addPositions(edges);
        int[] after = new int[recorded.writes];
        Arrays.fill(after, -1);
        for (int key = 0; key < versions.known.length; key++) {
            if (versions.known[key]) {
                addChain(edges, key);
                for (int i = versions.start[key] + 1; i < versions.start[key + 1]; i++) {
                    after[versions.ordered[i - 1]] = recorded.node(versions.ordered[i]);
                }
                continue;
            }
            if (recorded.lists.isList(key)) {
                node = addShown(edges, key, after, node);
            } else if (versions.source[key] != VersionOrders.Source.INFERRED) {
                addMarked(edges, key, after);
            }
        }
        node = addRealTime(edges, after, node);
        int[] ownNext = nextOfSession();
        int[] all = new int[versions.known.length];
        Arrays.fill(all, -1);
        int[] consumer = new int[recorded.writes];
        Arrays.fill(consumer, -1);
        int[] firstConsumer = new int[versions.known.length];
        Arrays.fill(firstConsumer, -1);
        int observation = 0;
        for (int sight = 0; sight < observers.count; sight++) {
            int observer = observers.node[sight];
            int key = observers.key[sight];
            int seen = observers.write[sight];
            if (sight >= observers.firstOfCas()) {
                addCas(edges, sight, consumer, firstConsumer);
                continue;
            }
            while (observers.observationStart[observation + 1] <= sight) {
                observation++;
            }
            if (without.length > 0 && without[observation]) {
                continue;
            }
            addSight(edges, sight);
            if (seen >= 0) {
                if (after[seen] >= 0) {
                    edges.add(observer, after[seen]);
                }
                if (ownNext[seen] >= 0) {
                    edges.add(observer, recorded.node(ownNext[seen]));
                }
                continue;
            }
            if (versions.known[key] && versions.first(key) >= 0) {
                edges.add(observer, recorded.node(versions.first(key)));
                continue;
            }
            if (all[key] < 0) {
                all[key] = node++;
                for (int i = versions.start[key]; i < versions.start[key + 1]; i++) {
                    edges.add(all[key], recorded.node(versions.ordered[i]));
                }
            }
            edges.add(observer, all[key]);
        }
    }

    /** Two cas that read the same write contradict each other; in a known order only the next write may be a cas of it. */
    private void addCas(EdgeSink edges, int sight, int[] consumer, int[] firstConsumer) {
        int writer = observers.node[sight];
        int key = observers.key[sight];
        int seen = observers.write[sight];
        addSight(edges, sight);
        if (versions.known[key]) {
            int next = nextAfter(sight);
            if (next >= 0 && next != writer) {
                edges.add(writer, recorded.node(next));
            }
        }
        int other = seen >= 0 ? consumer[seen] : firstConsumer[key];
        if (other >= 0) {
            edges.add(other, writer);
            edges.add(writer, other);
        } else if (seen >= 0) {
            consumer[seen] = writer;
        } else {
            firstConsumer[key] = writer;
        }
    }

    private void addMarked(EdgeSink edges, int key, int[] after) {
        int last = -1;
        for (int i = versions.start[key]; i < versions.start[key + 1]; i++) {
            int write = versions.ordered[i];
            if (versions.mark(write) != History.ABSENT) {
                if (last >= 0) {
                    edges.add(last, write);
                    after[last] = write;
                }
                last = write;
            }
        }
    }

    /** What the reads of a list show in their order, and behind it what none of them shows. */
    private int addShown(EdgeSink edges, int key, int[] after, int nextNode) {
        int[] shown = recorded.shown[key];
        if (shown.length == 0) {
            return nextNode;
        }
        for (int i = 1; i < shown.length; i++) {
            edges.add(recorded.node(shown[i - 1]), recorded.node(shown[i]));
            after[shown[i - 1]] = recorded.node(shown[i]);
        }
        int last = shown[shown.length - 1];
        edges.add(recorded.node(last), nextNode);
        after[last] = nextNode;
        for (int i = versions.start[key] + shown.length; i < versions.start[key + 1]; i++) {
            edges.add(nextNode, recorded.node(versions.ordered[i]));
        }
        return nextNode + 1;
    }

    /**
     * Real-time order of each key's writes, by one node for each acknowledgement: what was acknowledged so far comes
     * before it, what is invoked from then on after it. The write itself is that node where no other was acknowledged
     * since its invocation, and no observation saw it: an observation comes before the node, but after the write.
     */
    private int addRealTime(EdgeSink edges, int[] after, int firstNode) {
        if (versions.assumption != WriteOrder.REAL_TIME) {
            return firstNode;
        }
        boolean[] seen = new boolean[recorded.writes];
        for (int sight = 0; sight < observers.firstOfCas(); sight++) {
            if (observers.write[sight] >= 0) {
                seen[observers.write[sight]] = true;
            }
        }
        Barriers barriers = new Barriers(edges, after, seen, firstNode);
        Timeline.tell(recorded, barriers);
        return barriers.nextNode;
    }

    /** The last acknowledgement of each key at one time. */
    private final class Barriers implements Timeline.Listener {
        private final EdgeSink edges;
        private final int[] after;
        private final boolean[] seen;
        private final int[] barrier = new int[versions.known.length];
        private final int[] barrierAtInvocation = new int[recorded.writes];
        private int nextNode;

        Barriers(EdgeSink edges, int[] after, boolean[] seen, int firstNode) {
            this.edges = edges;
            this.after = after;
            this.seen = seen;
            nextNode = firstNode;
            Arrays.fill(barrier, -1);
        }

        @Override
        public void invoked(int i, int first) {
            for (int write = first; write >= 0 && write < recorded.endOfNode(first); write++) {
                int key = recorded.writeKey[write];
                if (versions.known[key] || !versions.isAssumed(write)) {
                    continue;
                }
                barrierAtInvocation[write] = barrier[key];
                if (barrier[key] >= 0) {
                    edges.add(barrier[key], first);
                }
            }
        }

        @Override
        public void completed(int i, int first) {
            for (int write = first; write >= 0 && write < recorded.endOfNode(first); write++) {
                if (!versions.known[recorded.writeKey[write]] && versions.isAssumed(write)) {
                    acknowledged(write, first);
                }
            }
        }

        private void acknowledged(int write, int node) {
            int key = recorded.writeKey[write];
            if (barrier[key] == barrierAtInvocation[write] && !seen[write]) {
                barrier[key] = node;
                return;
            }
            if (barrier[key] >= 0) {
                edges.add(barrier[key], nextNode);
            }
            edges.add(node, nextNode);
            after[write] = nextNode;
            barrier[key] = nextNode++;
        }
    }

    /** For each acknowledged write, the next write of its key that its session made after it, or -1. */
    private int[] nextOfSession() {
        int[] next = new int[recorded.writes];
        Arrays.fill(next, -1);
        if (versions.assumption == WriteOrder.REAL_TIME) {
            return next; // the barriers say more
        }
        Map<Long, Integer> later = new HashMap<>();
        for (int write = recorded.realWrites - 1; write >= 0; write--) {
            long place =
                    ((long) recorded.history.session(recorded.writeOperation[write]) << 32) | recorded.writeKey[write];
            Integer found = later.get(place);
            if (found != null && recorded.before(write, found)) {
                next[write] = found;
            }
            later.put(place, write);
        }
        return next;
    }
}
