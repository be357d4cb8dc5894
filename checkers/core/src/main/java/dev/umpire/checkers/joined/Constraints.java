package dev.umpire.checkers.joined;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.verdict.Deadline;
import java.util.Arrays;
import java.util.List;

/**
 * What every order must have in which each read returns the latest write.
 *
 * <p><b>Algorithm.</b> At first: the order of the sessions, or real time, each write before its reads, reads of the initial
 * value before every write of the key, and what lists show. Then, until nothing more follows: where r read from w, and w' is another write
 * of the key, w' before r gives w' before w, and w before w' gives r before w' (Gibbons and Korach, <i>Testing Shared
 * Memories</i>, SIAM J. Comput. 26(4), 1997; the saturation of Biswas and Enea, <i>On the complexity of checking transactional
 * consistency</i>, OOPSLA 2019). What is before a node is kept as one number a lane and one bit a loose node, so that a round
 * takes O((nodes + edges) * lanes) time. A cycle refutes; without one nothing is proven.
 *
 * <p>Bounded: rounds end when the work is spent, and are not begun where the numbers would not fit.
 */
public final class Constraints {
    private static final int INITIAL = ReadsFrom.INITIAL;
    private static final long WORK_OF_A_CONFIGURATION = 400;
    private static final long WORK_OF_A_WITNESS = 2_000_000;
    private static final long BYTES_OF_A_WITNESS = 32L << 20;

    /** Why one node stands before another. */
    enum Reason {
        /** The same session. */
        SESSION,
        /** The first was completed before the second was invoked, by another session. */
        REAL_TIME,
        /** The first wrote what the second read. */
        READS_FROM,
        /** The first read the initial value of what the second wrote. */
        INITIAL_VALUE,
        /** A list shows it. */
        SHOWN,
        /** Both wrote the same key, and the second what is read later than the first. */
        OVERWRITTEN,
        /** The first read what was written before the second wrote. */
        NOT_YET
    }

    private static final List<Reason> REASONS = List.of(Reason.values());

    public final ReadsFrom readsFrom;
    final Lanes lanes;
    private final KeyIndex index;
    private final long mostBytes;
    private final Deadline deadline;
    private long work;

    // the edges
    private int[] from;
    private int[] to;
    private int[] round;
    private byte[] reason;
    /** Of a derived edge the place of the read that it follows from; of one that a list shows the node that read this. */
    private int[] because;

    private int edges;
    private int rounds;

    // what is before each node: laneCount numbers, then the bits of the loose ones
    private final int lanesWide;
    private final int looseWide;
    private int[] before = new int[0];

    /**
     * The first edges, to be derived from for as long as a search of so many configurations might take.
     *
     * @param configurations of the search
     * @param mostBytes how much memory it may take
     * @param deadline when {@link #saturate} is left with {@link dev.umpire.checkers.verdict.TimeIsOver}
     */
    public static Constraints beside(ReadsFrom readsFrom, long configurations, long mostBytes, Deadline deadline) {
        long work = configurations > Long.MAX_VALUE / WORK_OF_A_CONFIGURATION
                ? configurations
                : configurations * WORK_OF_A_CONFIGURATION;
        return new Constraints(readsFrom, work, mostBytes, deadline);
    }

    /** Of the operations of a witness, within the bound of explaining. */
    public static Constraints ofWitness(ReadsFrom some) {
        return new Constraints(some, WORK_OF_A_WITNESS, BYTES_OF_A_WITNESS, Deadline.NONE);
    }

    /**
     * The first edges.
     *
     * @param work how many steps deriving may take
     * @param mostBytes how much memory it may take
     * @param deadline when {@link #saturate} is left with {@link dev.umpire.checkers.verdict.TimeIsOver}
     */
    private Constraints(ReadsFrom readsFrom, long work, long mostBytes, Deadline deadline) {
        this.deadline = deadline;
        this.readsFrom = readsFrom;
        this.lanes = readsFrom.lanes;
        this.work = work;
        this.mostBytes = mostBytes;
        this.index = new KeyIndex(readsFrom);
        int capacity = 16 + 3 * lanes.size();
        from = new int[capacity];
        to = new int[capacity];
        round = new int[capacity];
        reason = new byte[capacity];
        because = new int[capacity];
        lanesWide = lanes.laneCount();
        looseWide = (lanes.loose.length + Integer.SIZE - 1) / Integer.SIZE;
        firstEdges();
    }

    private void firstEdges() {
        for (int node = 0; node < lanes.size(); node++) {
            for (int slot = lanes.firstPredecessor(node); slot < lanes.firstPredecessor(node + 1); slot++) {
                add(lanes.predecessor(slot), node, lanes.reason(lanes.predecessor(slot), node), 0);
            }
            for (int r = readsFrom.firstRead[node]; r < readsFrom.firstRead[node + 1]; r++) {
                int source = readsFrom.readSource[r];
                if (source >= 0) {
                    add(source, node, Reason.READS_FROM, r);
                } else if (source == INITIAL) {
                    beforeAllWrites(node, r);
                }
            }
        }
        for (int i = 0; i < readsFrom.shown.length; i += 3) {
            add(readsFrom.shown[i], readsFrom.shown[i + 1], Reason.SHOWN, readsFrom.shown[i + 2]);
        }
    }

    private void beforeAllWrites(int node, int r) {
        int key = readsFrom.readKey[r];
        if (!index.isLastInitialRead(node, r)) {
            return;
        }
        for (int row = index.firstRow(key); row < index.firstRow(key + 1); row++) {
            int write = index.write(index.firstWrite(row));
            if (write != node) {
                add(node, write, Reason.INITIAL_VALUE, r);
            }
        }
        for (int write : index.looseWrites(key)) {
            add(node, write, Reason.INITIAL_VALUE, r);
        }
    }

    private void add(int first, int second, Reason why, int read) {
        if (edges == from.length) {
            int larger = edges + (edges >> 1);
            from = Arrays.copyOf(from, larger);
            to = Arrays.copyOf(to, larger);
            round = Arrays.copyOf(round, larger);
            reason = Arrays.copyOf(reason, larger);
            because = Arrays.copyOf(because, larger);
        }
        from[edges] = first;
        to[edges] = second;
        round[edges] = rounds;
        reason[edges] = (byte) REASONS.indexOf(why);
        because[edges] = read;
        edges++;
    }

    /** The edges so far. */
    public Digraph graph() {
        return Digraph.of(lanes.size(), sink -> {
            for (int edge = 0; edge < edges; edge++) {
                sink.add(from[edge], to[edge]);
            }
        });
    }

    int edgeCount() {
        return edges;
    }

    int from(int edge) {
        return from[edge];
    }

    int to(int edge) {
        return to[edge];
    }

    /** In which round of deriving the edge came; 0: it follows from nothing else. */
    int round(int edge) {
        return round[edge];
    }

    Reason reason(int edge) {
        return REASONS.get(reason[edge]);
    }

    /** Of a derived edge the place of the read that it follows from. */
    int read(int edge) {
        return because[edge];
    }

    /** The node whose read the edge follows from, beside other edges; {@link Lanes#NONE} if there is none. */
    int reader(int edge) {
        return switch (reason(edge)) {
            case SHOWN -> because[edge];
            case OVERWRITTEN, NOT_YET -> index.nodeOfRead(because[edge]);
            case SESSION, REAL_TIME, READS_FROM, INITIAL_VALUE -> Lanes.NONE;
        };
    }

    /**
     * Derives edges until there is a cycle, nothing more follows, or the bound is reached; returns whether there is a cycle.
     */
    public boolean saturate() {
        Digraph graph = graph();
        Components components = graph.components();
        if (components.cyclic()) {
            return true;
        }
        if (4L * lanes.size() * (lanesWide + looseWide) > mostBytes) {
            return false;
        }
        before = new int[lanes.size() * (lanesWide + looseWide)];
        while (work > 0) {
            deadline.ask();
            propagate(graph, components.topologicalOrder());
            rounds++;
            int known = edges;
            overwritten();
            notYet();
            if (edges == known) {
                return false;
            }
            graph = graph();
            components = graph.components();
            if (components.cyclic()) {
                return true;
            }
        }
        return false;
    }

    private void propagate(Digraph graph, int[] order) {
        Arrays.fill(before, 0);
        int wide = lanesWide + looseWide;
        for (int node : order) {
            int own = node * wide;
            for (int slot = graph.firstSlot(node); slot < graph.firstSlot(node + 1); slot++) {
                int next = graph.successor(slot);
                int its = next * wide;
                for (int l = 0; l < lanesWide; l++) {
                    before[its + l] = Math.max(before[its + l], before[own + l]);
                }
                for (int w = lanesWide; w < wide; w++) {
                    before[its + w] |= before[own + w];
                }
                mark(next, node);
                work -= wide;
            }
        }
    }

    /** From now on the first is known to be before the second. */
    private void mark(int second, int first) {
        int at = second * (lanesWide + looseWide);
        if (lanes.isLoose(first)) {
            int number = lanes.place[first];
            before[at + lanesWide + number / Integer.SIZE] |= 1 << number;
        } else {
            int l = at + lanes.lane[first];
            before[l] = Math.max(before[l], lanes.place[first] + 1);
        }
    }

    private boolean isBefore(int first, int second) {
        int at = second * (lanesWide + looseWide);
        if (lanes.isLoose(first)) {
            int number = lanes.place[first];
            return (before[at + lanesWide + number / Integer.SIZE] >>> number & 1) == 1;
        }
        return before[at + lanes.lane[first]] > lanes.place[first];
    }

    private int countBefore(int node, int lane) {
        return before[node * (lanesWide + looseWide) + lane];
    }

    /** Whoever wrote before a read wrote before what was read. */
    private void overwritten() {
        for (int node = 0; node < lanes.size(); node++) {
            for (int r = readsFrom.firstRead[node]; r < readsFrom.firstRead[node + 1]; r++) {
                int source = readsFrom.readSource[r];
                int key = readsFrom.readKey[r];
                if (source < 0) {
                    continue;
                }
                for (int row = index.firstRow(key); row < index.firstRow(key + 1); row++) {
                    int write = index.lastWriteBefore(row, countBefore(node, index.lane(row)));
                    if (write != Lanes.NONE && write != source && !isBefore(write, source)) {
                        add(write, source, Reason.OVERWRITTEN, r);
                        mark(source, write);
                    }
                }
                int[] loose = index.looseWrites(key);
                for (int write : loose) {
                    if (write != source && isBefore(write, node) && !isBefore(write, source)) {
                        add(write, source, Reason.OVERWRITTEN, r);
                        mark(source, write);
                    }
                }
                work -= 4L * (index.firstRow(key + 1) - index.firstRow(key)) + loose.length;
            }
        }
    }

    /** Whoever read what was written before a write did so before that write. */
    private void notYet() {
        for (int node = 0; node < lanes.size(); node++) {
            for (int w = readsFrom.firstWrite[node]; w < readsFrom.firstWrite[node + 1]; w++) {
                int key = readsFrom.writeKey[w];
                for (int row = index.firstRow(key); row < index.firstRow(key + 1); row++) {
                    int write = index.lastWriteBefore(row, countBefore(node, index.lane(row)));
                    if (write != Lanes.NONE && write != node) {
                        readersBefore(write, key, node);
                    }
                }
                int[] loose = index.looseWrites(key);
                for (int write : loose) {
                    if (write != node && isBefore(write, node)) {
                        readersBefore(write, key, node);
                    }
                }
                work -= 4L * (index.firstRow(key + 1) - index.firstRow(key)) + loose.length;
            }
        }
    }

    private void readersBefore(int source, int key, int write) {
        int read = readsFrom.writeOf(source, key);
        for (int slot = index.firstReader(read); slot < index.firstReader(read + 1); slot++) {
            int r = index.reader(slot);
            int node = index.nodeOfRead(r);
            if (node != write && !isBefore(node, write)) {
                add(node, write, Reason.NOT_YET, r);
                mark(write, node);
            }
            work--;
        }
    }
}
