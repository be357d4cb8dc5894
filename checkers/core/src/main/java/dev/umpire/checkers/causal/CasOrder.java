package dev.umpire.checkers.causal;

import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.graph.EdgeSink;
import dev.umpire.checkers.graph.EdgeSource;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongHashSet;

/**
 * Whether one order of all writes extends given edges, so that each cas stands directly after the write that it replaced among
 * the writes of its key, and each bound read between what it returned and the next write of its key.
 *
 * <p><b>Definition.</b> The chains of {@link Replacements} are sections of the order in which no other write of their key
 * stands: of two chains of one key one ends before the other begins. Which of them, the edges need not say; over several keys
 * this is the question whether locks that are held for a while can be taken in some order, which is NP-complete in general.
 *
 * <p><b>Algorithm.</b> An order by the first proof of each effect, in which a chain that was begun holds its key until it ends:
 * found, it is the proof. Else what must be, to a fixpoint: where anything of one chain must come before anything of another,
 * all of the one comes before all of the other. A cycle refutes. Else the first order again, among these edges; then with one
 * of the chains that are in each other's way put first, a few times; then it is open. Where only one key has chains of more
 * than one write, the fixpoint decides. The order takes O(edges · log nodes); each round of the fixpoint O(nodes · chains of
 * sessions), in memory too, up to a bound.
 */
final class CasOrder {
    /** What is known of such an order. */
    enum Found {
        /** There is one. */
        ORDER,
        /** There is none. */
        NONE,
        /** Neither was shown. */
        OPEN
    }

    private static final int MOST_CELLS = 1 << 24;
    private static final int MOST_TRIES = 64;
    private static final int MOST_LIST_EDGES = 1 << 22;

    private final Nodes nodes;
    private final SessionOrder sessions;
    private final EdgeSource given;
    private final IntPredicate bound;
    private final Replacements replaced;
    private final Steps steps;
    private final CasRefutation.Grounds grounds;

    /** Keys of which something is replaced, or read by a bound node. */
    private final BitSet ruled = new BitSet();

    /** By ruled key: its chains, that of the initial value included. */
    private final Map<Integer, IntArrayList> chainsOf = new HashMap<>();

    private final ChainEdges derived = new ChainEdges();
    /** Pairs of chains that are ordered by a derived edge. */
    private final LongHashSet ordered = new LongHashSet();

    private Digraph graph = Digraph.of(0, sink -> {});
    private int[] violation = new int[0];
    private String whyOpen = "";

    /** The chains that were in each other's way when the last order ended: which held the key, and which waited for it. */
    private int holding = Replacements.NOTHING;

    private int waiting = Replacements.NOTHING;

    /**
     * The question.
     *
     * @param given edges between nodes that every order follows; without a cycle of causes
     * @param grounds from which nodes those of them, and the conflicts, follow that are no causes
     * @param bound the nodes of which every read returns the latest write before it, all of one session
     */
    CasOrder(
            Nodes nodes,
            SessionOrder sessions,
            EdgeSource given,
            CasRefutation.Grounds grounds,
            IntPredicate bound,
            Steps steps) {
        this.nodes = nodes;
        this.sessions = sessions;
        this.given = given;
        this.grounds = grounds;
        this.bound = bound;
        this.steps = steps;
        replaced = new Replacements(nodes, bound);
        for (int version = 0; version < replaced.next.length; version++) {
            if (replaced.next[version] >= 0 || replaced.readCount(version) > 0) {
                ruled.set(replaced.key(version));
            }
        }
        for (int version = 0; version < replaced.next.length; version++) {
            if (ruled.get(replaced.key(version)) && replaced.chain[version] == version) {
                chainsOf.computeIfAbsent(replaced.key(version), key -> new IntArrayList())
                        .addInt(version);
            }
        }
    }

    /**
     * Tells that a write comes before the one that a read of its key returned, as it is in the past of that read; all of its
     * chain then comes before all of the other. To be told before {@link #decide}, which would find out but takes long.
     */
    void conflict(int write, int read) {
        int key = nodes.readKey[read];
        if (!nodes.isList(key) && ruled.get(key) && replaced.forks.isEmpty()) {
            int source = nodes.readSource[read];
            int first = replaced.chain[replaced.version(write, key)];
            int second = replaced.chain[replaced.version(source, key)];
            if (first != second) {
                order(first, second, write, source, 0, new int[0]);
            }
        }
    }

    /** Whether there is anything to be asked. */
    boolean isTrivial() {
        return !replaced.any();
    }

    /** Where two replaced one version: both, and who wrote it; the answer is {@link Found#NONE} then. */
    List<int[]> forks() {
        return replaced.forks.stream()
                .map(fork -> {
                    int source = replaced.writer(fork.version());
                    return source < 0
                            ? new int[] {fork.one(), fork.other()}
                            : new int[] {source, fork.one(), fork.other()};
                })
                .toList();
    }

    /** Where the answer is {@link Found#NONE} and there is no fork: nodes that suffice to show it, in no order. */
    int[] violation() {
        return violation;
    }

    /** Why it is open; continues a sentence. */
    String whyOpen() {
        return whyOpen;
    }

    /** Whether an order was found in which all bound nodes, of whatever sessions, read the latest write; no says nothing. */
    boolean isFoundAtOnce() {
        if (!replaced.forks.isEmpty() || replaced.isOdd() || tooManyListEdges()) {
            return false;
        }
        graph = Digraph.of(nodes.size, this::tell);
        return !graph.cyclic() && sorts();
    }

    Found decide() {
        if (!replaced.forks.isEmpty()) {
            return Found.NONE;
        }
        if (replaced.isOdd() || tooManyListEdges()) {
            whyOpen = "the transactions of a session read more than can be put between the cas of others";
            return Found.OPEN;
        }
        graph = Digraph.of(nodes.size, this::tell);
        if (graph.cyclic()) {
            return refuted();
        }
        if (sorts()) {
            return Found.ORDER;
        }
        return saturated();
    }

    private Found saturated() {
        if ((long) nodes.size * sessions.chains() > MOST_CELLS) {
            whyOpen = "there are too many operations and sessions to derive where the cas must stand";
            return Found.OPEN;
        }
        if (!saturate()) {
            return steps.spent() ? spent() : refuted();
        }
        // from here on edges are tried and not known: what comes of them may be an order, but refutes nothing
        for (int tries = 0; tries < MOST_TRIES && !steps.spent(); tries++) {
            if (sorts()) {
                return Found.ORDER;
            }
            if (holding < 0 || (!takes(waiting, holding) && !takes(holding, waiting))) {
                break;
            }
        }
        if (steps.spent()) {
            return spent();
        }
        whyOpen = "no order was found in which each cas stands directly after what it replaced, and none was ruled out";
        return Found.OPEN;
    }

    private Found spent() {
        whyOpen = steps.whySpent();
        return Found.OPEN;
    }

    /** Puts one chain before another, with all that follows; takes it back and says no if that makes a cycle. */
    private boolean takes(int first, int second) {
        int count = derived.size();
        order(first, second, Nodes.INITIAL, Nodes.INITIAL, count, new int[0]);
        boolean holds = derived.size() > count && saturate();
        if (!holds) {
            derived.cutTo(count);
            ordered.clear(); // some edges may then be told twice, which does no harm
            graph = Digraph.of(nodes.size, this::tell);
        }
        return holds;
    }

    // -- edges

    private void tell(EdgeSink edges) {
        tell(edges, derived.size());
    }

    /** Tells all edges but those that were derived after the first so many. */
    private void tell(EdgeSink edges, int most) {
        given.tell(edges);
        for (int version = 0; version < replaced.next.length; version++) {
            int writer = replaced.writer(version);
            int next = replaced.next[version] < 0 ? Nodes.INITIAL : replaced.writer(replaced.next[version]);
            if (writer >= 0 && next >= 0) {
                edges.add(writer, next);
            }
            for (int i = 0; i < replaced.readCount(version); i++) {
                if (writer >= 0) {
                    edges.add(writer, replaced.read(version, i));
                }
                if (next >= 0) {
                    edges.add(replaced.read(version, i), next);
                }
            }
        }
        chainsOf.forEach((key, chains) -> {
            int initial = replaced.version(Nodes.INITIAL, key);
            int[] ends = replaced.ends(initial);
            for (int i = 0; i < chains.size(); i++) {
                for (int e = 0; e < ends.length && chains.getInt(i) != initial; e++) {
                    edges.add(ends[e], replaced.writer(chains.getInt(i)));
                }
            }
        });
        tellLists(edges);
        derived.tell(edges, most);
    }

    /** A list that a bound node read has its elements in their order, and all other appends come later. */
    private void tellLists(EdgeSink edges) {
        for (int v = 0; v < nodes.size; v++) {
            for (int r = nodes.readStart[v], end; bound.test(v) && r < nodes.readStart[v + 1]; r = end) {
                end = nodes.endOfRead(r);
                int key = nodes.readKey[r];
                if (!nodes.isList(key)) {
                    continue;
                }
                BitSet elements = new BitSet();
                for (int e = r; e < end && nodes.readSource[e] >= 0; e++) {
                    elements.set(nodes.readSource[e]);
                    if (e > r) {
                        edges.add(nodes.readSource[e - 1], nodes.readSource[e]);
                    }
                    edges.add(nodes.readSource[e], v);
                }
                for (int w = 0; w < replaced.writes; w++) {
                    int writer = replaced.writer[w];
                    if (nodes.writeKey[w] == key && writer != v && !elements.get(writer)) {
                        edges.add(v, writer);
                    }
                }
            }
        }
    }

    private boolean tooManyListEdges() {
        long count = 0;
        for (int v = 0; v < nodes.size; v++) {
            for (int r = nodes.readStart[v]; r < nodes.readStart[v + 1]; r = nodes.endOfRead(r)) {
                count += bound.test(v) && nodes.isList(nodes.readKey[r]) ? replaced.writes : 0;
            }
        }
        return count > MOST_LIST_EDGES;
    }

    /** Looks for an order; if there is none, the chains that were in each other's way are noted. */
    private boolean sorts() {
        CasAttempt attempt = new CasAttempt(replaced, bound, chainsOf.values(), graph, steps);
        boolean found = attempt.succeeds();
        holding = attempt.holding();
        waiting = attempt.waiting();
        return found;
    }

    // -- what must be

    /** Where a chain's writes and reads stand in the sessions. */
    private static final class Members {
        private final int[] node;
        private final int[] chain;

        Members(int[] node, int[] chain) {
            this.node = node;
            this.chain = chain;
        }
    }

    /** Derives to a fixpoint; false if there is a cycle, or if the steps are spent. */
    private boolean saturate() {
        Map<Integer, Members> members = new HashMap<>();
        for (int key : chainsOf.keySet()) {
            members.put(key, members(key));
        }
        int lanes = sessions.chains();
        int[] before = new int[nodes.size * lanes];
        while (true) {
            graph = Digraph.of(nodes.size, this::tell);
            if (steps.spent() || graph.cyclic()) {
                return false;
            }
            Arrays.fill(before, 0);
            for (int v : graph.components().topologicalOrder()) {
                for (int slot = graph.firstSlot(v); slot < graph.firstSlot(v + 1); slot++) {
                    int next = graph.successor(slot);
                    steps.take(lanes);
                    for (int lane = 0; lane < lanes; lane++) {
                        before[next * lanes + lane] = Math.max(before[next * lanes + lane], before[v * lanes + lane]);
                    }
                    int own = next * lanes + sessions.chain[v];
                    before[own] = Math.max(before[own], sessions.rank[v] + 1);
                }
            }
            int count = derived.size();
            members.values().forEach(one -> derive(one, before, count));
            if (derived.size() == count) {
                return true;
            }
        }
    }

    private Members members(int key) {
        IntArrayList found = new IntArrayList();
        IntArrayList chains = new IntArrayList();
        for (int version = 0; version < replaced.next.length; version++) {
            if (replaced.key(version) != key) {
                continue;
            }
            if (version < replaced.writes) {
                found.addInt(replaced.writer[version]);
                chains.addInt(replaced.chain[version]);
            }
            for (int i = 0; i < replaced.readCount(version); i++) {
                found.addInt(replaced.read(version, i));
                chains.addInt(replaced.chain[version]);
            }
        }
        Integer[] sorted = new Integer[found.size()];
        Arrays.setAll(sorted, i -> i);
        Arrays.sort(sorted, (one, other) -> {
            int a = found.getInt(one);
            int b = found.getInt(other);
            return sessions.chain[a] != sessions.chain[b]
                    ? Integer.compare(sessions.chain[a], sessions.chain[b])
                    : Integer.compare(sessions.rank[a], sessions.rank[b]);
        });
        int[] node = new int[sorted.length];
        int[] chain = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            node[i] = found.getInt(sorted[i]);
            chain[i] = chains.getInt(sorted[i]);
        }
        return new Members(node, chain);
    }

    /**
     * Orders the chains of a key. In each chain of a session only the last node that comes before another is looked at, as
     * it is ordered with those before it.
     */
    private void derive(Members members, int[] before, int count) {
        int lanes = sessions.chains();
        for (int start = 0, end; start < members.node.length; start = end) {
            int lane = sessions.chain[members.node[start]];
            end = start;
            while (end < members.node.length && sessions.chain[members.node[end]] == lane) {
                end++;
            }
            for (int m = 0; m < members.node.length; m++) {
                steps.take();
                int rank = before[members.node[m] * lanes + lane];
                int low = start;
                int high = end;
                while (low < high) {
                    int middle = (low + high) >>> 1;
                    if (sessions.rank[members.node[middle]] < rank) {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                if (low > start && members.chain[low - 1] != members.chain[m]) {
                    order(
                            members.chain[low - 1],
                            members.chain[m],
                            members.node[low - 1],
                            members.node[m],
                            count,
                            before);
                }
            }
        }
    }

    /**
     * All of one chain comes before all of another, as a node of the one comes before a node of the other.
     *
     * @param before what is before each node; empty if that is not to be asked
     */
    private void order(int first, int second, int because, int of, int count, int[] before) {
        if (!ordered.add(((long) first << Integer.SIZE) | second) || second >= replaced.writes) {
            return; // what would come before the initial value has made a cycle already
        }
        int to = replaced.writer[second];
        for (int end : replaced.ends(first)) {
            if (before.length == 0 || before[to * sessions.chains() + sessions.chain[end]] <= sessions.rank[end]) {
                derived.add(new ChainEdges.Edge(end, to, first, second, because, of, count));
            }
        }
    }

    private Found refuted() {
        violation = new CasRefutation(nodes, replaced, derived, grounds, this::tell).nodesOf(graph);
        return Found.NONE;
    }
}
