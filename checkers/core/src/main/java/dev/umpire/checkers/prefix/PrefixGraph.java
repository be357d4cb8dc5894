package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.graph.Edges;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What must come before what, as graphs over writes (first), snapshots (then) and nodes that only pass order on (last).
 *
 * <p>{@link #guessed} takes the order of {@link VersionOrders} for each key: without a cycle, any topological order of it
 * is an order of all writes that explains every observation. {@link #certain} has only edges that every such order must
 * have: a cycle in it is a violation.
 */
final class PrefixGraph {
    final Recorded recorded;
    final VersionOrders versions;
    final Observers observers;
    final HappensBefore happensBefore;
    /** Writes and snapshots: nodes from here on only pass order on. */
    final int realNodes;

    private final int[] timeline;
    private final int[] positioned;

    PrefixGraph(Recorded recorded, VersionOrders versions) {
        this.recorded = recorded;
        this.versions = versions;
        observers = new Observers(recorded);
        realNodes = recorded.writes + recorded.snapshots.length;
        timeline = Timeline.of(recorded);
        happensBefore = new HappensBefore(recorded, timeline, realNodes);
        positioned = positionedWrites();
    }

    /** The writes of keys that are ordered by position, in the order of their positions. */
    private int[] positionedWrites() {
        int count = 0;
        int[] found = new int[recorded.writes];
        for (int write : versions.byEvidence) {
            if (versions.hasPosition(write)) {
                found[count++] = write;
            }
        }
        found = Arrays.copyOf(found, count);
        versions.sortByMark(found);
        return found;
    }

    boolean isSnapshot(int node) {
        return node >= recorded.writes && node < realNodes;
    }

    /** The graph with the guessed order of each key's writes as it is now. */
    Digraph guessed() {
        Edges edges = new Edges(happensBefore.edges.size() + recorded.writes + 2 * observers.count);
        edges.addAll(happensBefore.edges);
        addPositions(edges);
        for (int key = 0; key < versions.known.length; key++) {
            addChain(edges, key);
        }
        for (int sight = 0; sight < observers.count; sight++) {
            addSight(edges, sight);
            int next = nextAfter(sight);
            if (next >= 0 && next != observers.node[sight]) {
                edges.add(observers.node[sight], next);
            }
        }
        return edges.graph(happensBefore.nodes);
    }

    /** The next write of the key after the one that was seen, or -1. */
    private int nextAfter(int sight) {
        int seen = observers.write[sight];
        return seen == Recorded.INITIAL ? versions.first(observers.key[sight]) : versions.next(seen);
    }

    private void addSight(Edges edges, int sight) {
        if (observers.write[sight] >= 0) {
            edges.add(observers.write[sight], observers.node[sight]);
        }
    }

    private void addChain(Edges edges, int key) {
        for (int i = versions.start[key] + 1; i < versions.start[key + 1]; i++) {
            edges.add(versions.ordered[i - 1], versions.ordered[i]);
        }
    }

    /** One position for two writes contradicts itself, so that each comes before the other. */
    void addPositions(Edges edges) {
        for (int i = 1; i < positioned.length; i++) {
            edges.add(positioned[i - 1], positioned[i]);
            if (versions.mark[positioned[i - 1]] == versions.mark[positioned[i]]) {
                edges.add(positioned[i], positioned[i - 1]);
            }
        }
    }

    /** The graph of what is certain, without the snapshots in {@code without}; that array is by snapshot, or empty. */
    Digraph certain(boolean[] without) {
        Edges edges = new Edges(happensBefore.edges.size() + 3 * recorded.writes + 2 * observers.count);
        edges.addAll(happensBefore.edges);
        addPositions(edges);
        int[] after = new int[recorded.writes];
        Arrays.fill(after, -1);
        int node = happensBefore.nodes;
        for (int key = 0; key < versions.known.length; key++) {
            if (versions.known[key]) {
                addChain(edges, key);
                for (int i = versions.start[key] + 1; i < versions.start[key + 1]; i++) {
                    after[versions.ordered[i - 1]] = versions.ordered[i];
                }
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
        for (int sight = 0; sight < observers.count; sight++) {
            int observer = observers.node[sight];
            int key = observers.key[sight];
            int seen = observers.write[sight];
            if (observer < recorded.writes) {
                addCas(edges, sight, consumer, firstConsumer);
                continue;
            }
            if (without.length > 0 && without[observer - recorded.writes]) {
                continue;
            }
            addSight(edges, sight);
            if (seen >= 0) {
                if (after[seen] >= 0) {
                    edges.add(observer, after[seen]);
                }
                if (ownNext[seen] >= 0) {
                    edges.add(observer, ownNext[seen]);
                }
                continue;
            }
            if (versions.known[key] && versions.first(key) >= 0) {
                edges.add(observer, versions.first(key));
                continue;
            }
            if (all[key] < 0) {
                all[key] = node++;
                for (int i = versions.start[key]; i < versions.start[key + 1]; i++) {
                    edges.add(all[key], versions.ordered[i]);
                }
            }
            edges.add(observer, all[key]);
        }
        return edges.graph(node);
    }

    /** Two cas that read the same write contradict each other; in a known order only the next write may be a cas of it. */
    private void addCas(Edges edges, int sight, int[] consumer, int[] firstConsumer) {
        int writer = observers.node[sight];
        int key = observers.key[sight];
        int seen = observers.write[sight];
        addSight(edges, sight);
        if (versions.known[key]) {
            int next = nextAfter(sight);
            if (next >= 0 && next != writer) {
                edges.add(writer, next);
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

    private void addMarked(Edges edges, int key, int[] after) {
        int last = -1;
        for (int i = versions.start[key]; i < versions.start[key + 1]; i++) {
            int write = versions.ordered[i];
            if (versions.mark[write] != History.ABSENT) {
                if (last >= 0) {
                    edges.add(last, write);
                    after[last] = write;
                }
                last = write;
            }
        }
    }

    /**
     * Real-time order of each key's writes, by one node for each acknowledgement: what was acknowledged so far comes
     * before it, what is invoked from then on after it.
     */
    private int addRealTime(Edges edges, int[] after, int firstNode) {
        int node = firstNode;
        if (versions.assumption != WriteOrder.REAL_TIME) {
            return node;
        }
        int[] barrier = new int[versions.known.length];
        Arrays.fill(barrier, -1);
        int[] writeOf = new int[recorded.operations.length];
        Arrays.fill(writeOf, -1);
        for (int write = 0, i = 0; write < recorded.writes; i++) {
            if (recorded.operations[i] == recorded.writeOperation[write]) {
                writeOf[i] = write++;
            }
        }
        for (int event : timeline) {
            int write = writeOf[event >> 1];
            if (write < 0) {
                continue;
            }
            int key = recorded.writeKey[write];
            if (versions.known[key] || versions.source[key] != VersionOrders.Source.INFERRED) {
                continue;
            }
            if ((event & 1) == 0) {
                if (barrier[key] >= 0) {
                    edges.add(barrier[key], write);
                }
            } else {
                if (barrier[key] >= 0) {
                    edges.add(barrier[key], node);
                }
                edges.add(write, node);
                after[write] = node;
                barrier[key] = node++;
            }
        }
        return node;
    }

    /** For each acknowledged write, the next write of its key that its session made after it, or -1. */
    private int[] nextOfSession() {
        int[] next = new int[recorded.writes];
        Arrays.fill(next, -1);
        if (versions.assumption == WriteOrder.REAL_TIME) {
            return next; // the barriers say more
        }
        Map<Long, Integer> later = new HashMap<>();
        for (int write = recorded.writes - 1; write >= 0; write--) {
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
