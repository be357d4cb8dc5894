package dev.umpire.checkers.causal;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Supplier;
import org.agrona.collections.IntArrayList;

/** Judges one history by {@link Causal} or {@link CausalConvergence}. */
final class CausalCheck {
    /** How many nodes are looked at for short witnesses, beyond the first witness. */
    private static final long WORK = 20_000_000;

    private static final int MOST_QUESTIONS = 1 << 25;

    private final String name;
    private final boolean convergence;
    private final int widest;
    private final Reasons reasons;
    private final Anomalies anomalies;
    private final Nodes nodes;
    private final Witnesses witnesses;
    private final ShortestPaths paths;
    private final Steps steps;
    /** What else was done, of histories with cas. */
    private String how = "";

    CausalCheck(String name, boolean convergence, History history, CheckOptions options) {
        this(name, convergence, history, options, Clocks.WIDEST);
    }

    CausalCheck(String name, boolean convergence, History history, CheckOptions options, int widest) {
        this.widest = widest;
        this.name = name;
        this.convergence = convergence;
        reasons = new Reasons(Words.of(history));
        anomalies = new Anomalies(options.anomalyLimit());
        nodes = Nodes.of(history, reasons);
        witnesses = new Witnesses(nodes, part -> new Patterns(part).find(convergence));
        paths = new ShortestPaths(nodes);
        steps = Steps.of(options);
    }

    Verdict verdict() {
        SessionOrder sessions = new SessionOrder(nodes);
        if (sessions.complete) {
            CausalOrder causal = new CausalOrder(nodes, sessions);
            if (causal.cyclic()) {
                tellCycles(causal.graph());
            } else {
                judge(causal);
            }
        } else {
            reasons.undecided("too many operations of one session overlap");
        }
        return reasons.verdict(
                name,
                Optional.empty(),
                convergence
                        ? "vector clocks over the causal order, then a cycle of it and the conflicts of reads" + how
                        : "vector clocks over the causal order",
                nodes.readCount(),
                nodes.history.size(),
                anomalies,
                "no read of the history returned anything: nothing could have been violated");
    }

    private void judge(CausalOrder causal) {
        Clocks clocks = new Clocks(causal, widest);
        Conflicts conflicts = new Conflicts(causal, clocks);
        clocks.run(conflicts);
        BitSet seen = new BitSet(); // another block may have found another write in the past of the same read
        for (int i = 0; i < conflicts.initialRead.size(); i++) {
            int r = conflicts.initialRead.getInt(i);
            if (!seen.get(r)) {
                seen.set(r);
                tell(() -> paths.chainThroughWrite(Nodes.INITIAL, nodes.readKey[r], nodes.reader[r]));
            }
        }
        for (int i = 0; i < conflicts.incompleteRead.size(); i++) {
            int r = conflicts.incompleteRead.getInt(i);
            int lacking = conflicts.lacking.getInt(i);
            if (!seen.get(r)) {
                seen.set(r);
                tell(() -> paths.chain(lacking, nodes.reader[r]));
            }
        }
        if (!conflicts.complete()) {
            anomalies.moreMayExist();
            reasons.undecided("more than " + Words.number(conflicts.size())
                    + " times a read had another write of its key in its past, which are too many to be compared");
            return;
        }
        if (conflicts.isForward()) {
            replacements(causal, conflicts);
            return;
        }
        Digraph graph = Digraph.of(nodes.size, edges -> {
            causal.tell(edges);
            conflicts.tell(edges);
        });
        if (!graph.cyclic()) {
            replacements(causal, conflicts);
            return;
        }
        Components components = graph.components();
        BitSet told = overwrittenReads(causal, clocks, conflicts, components);
        if (!convergence) {
            snapshots(causal, clocks, conflicts, components, told);
        } else {
            arbitration(graph, components, conflicts, told);
        }
    }

    /** Tells the reads of what was overwritten in their past; returns the components in which they are. */
    private BitSet overwrittenReads(CausalOrder causal, Clocks clocks, Conflicts conflicts, Components components) {
        Precedence precedence = new Precedence(causal, clocks);
        IntArrayList asked = new IntArrayList();
        for (int i = 0; i < conflicts.size(); i++) {
            int earlier = conflicts.earlier.getInt(i);
            int later = conflicts.later(i);
            if (causal.place[later] < causal.place[earlier] && components.of(later) == components.of(earlier)) {
                precedence.ask(later, earlier);
                asked.addInt(i);
            }
        }
        precedence.answer();
        BitSet told = new BitSet();
        BitSet reads = new BitSet();
        for (int q = 0; q < asked.size(); q++) {
            int r = conflicts.read.getInt(asked.getInt(q));
            int first = r - nodes.readPlace[r];
            if (precedence.isYes(q) && !reads.get(first)) {
                reads.set(first);
                told.set(components.of(nodes.readSource[r]));
                int earlier = conflicts.earlier.getInt(asked.getInt(q));
                tell(() -> {
                    if (!nodes.isList(nodes.readKey[r])) {
                        return paths.chainThroughWrite(nodes.readSource[r], nodes.readKey[r], nodes.reader[r]);
                    }
                    IntArrayList all = new IntArrayList(); // elements whose order is against that of causes
                    addAll(all, paths.chain(nodes.readSource[r], earlier));
                    addAll(all, paths.chain(earlier, nodes.reader[r]));
                    return all.toIntArray();
                });
            }
        }
        return told;
    }

    /** Tells the operations whose reads exclude one another, where none of them is wrong alone. */
    private void snapshots(CausalOrder causal, Clocks clocks, Conflicts conflicts, Components components, BitSet told) {
        if (!told.isEmpty()) {
            anomalies.moreMayExist();
        }
        int[] byReader = conflictsByReader(conflicts);
        Precedence precedence = new Precedence(causal, clocks);
        IntArrayList from = new IntArrayList();
        IntArrayList to = new IntArrayList();
        for (int start = 0, end; start < byReader.length; start = end) {
            int reader = nodes.reader[conflicts.read.getInt(byReader[start])];
            end = start;
            while (end < byReader.length && nodes.reader[conflicts.read.getInt(byReader[end])] == reader) {
                end++;
            }
            for (int i = start; i < end; i++) {
                for (int j = start; j < end; j++) {
                    int later = conflicts.later(byReader[i]);
                    int earlier = conflicts.earlier.getInt(byReader[j]);
                    if (conflicts.read.getInt(byReader[i]) != conflicts.read.getInt(byReader[j])
                            && !told.get(components.of(later))
                            && components.of(later) == components.of(earlier)
                            && components.of(later) == components.of(conflicts.earlier.getInt(byReader[i]))
                            && causal.place[later] <= causal.place[earlier]) {
                        precedence.ask(later, earlier);
                        from.addInt(byReader[i]);
                        to.addInt(byReader[j]);
                    }
                }
            }
            if (from.size() > MOST_QUESTIONS) {
                reasons.undecided("the snapshots have too many conflicts to be compared");
                return;
            }
        }
        precedence.answer();
        // conflicts as nodes; those of different readers are never joined
        Digraph graph = Digraph.of(conflicts.size(), edges -> {
            for (int q = 0; q < from.size(); q++) {
                if (precedence.isYes(q)) {
                    edges.add(from.getInt(q), to.getInt(q));
                }
            }
        });
        if (!graph.cyclic()) {
            return;
        }
        Components circles = graph.components();
        BitSet seen = new BitSet();
        for (int i = 0; i < conflicts.size(); i++) {
            int reader = nodes.reader[conflicts.read.getInt(i)];
            if (circles.onCycle(i) && !seen.get(reader)) {
                seen.set(reader);
                int first = i;
                tell(() -> {
                    IntArrayList all = new IntArrayList();
                    int[] cycle = ShortestPaths.cycle(graph, circles, first);
                    for (int c = 0; c < cycle.length; c++) {
                        int next = cycle[(c + 1) % cycle.length];
                        addAll(all, paths.chain(conflicts.earlier.getInt(cycle[c]), reader));
                        addAll(all, paths.chain(conflicts.later(cycle[c]), conflicts.earlier.getInt(next)));
                    }
                    return all.toIntArray();
                });
            }
        }
    }

    /** The numbers of the conflicts, those of one reader together. */
    private int[] conflictsByReader(Conflicts conflicts) {
        long[] keyed = new long[conflicts.size()];
        for (int i = 0; i < keyed.length; i++) {
            keyed[i] = ((long) nodes.reader[conflicts.read.getInt(i)] << 32) | i;
        }
        Arrays.sort(keyed);
        return Arrays.stream(keyed).mapToInt(one -> (int) one).toArray();
    }

    /** Tells one cycle of each component that has not been told of. */
    private void arbitration(Digraph graph, Components components, Conflicts conflicts, BitSet told) {
        anomalies.moreMayExist();
        for (int v = 0; v < nodes.size; v++) {
            if (components.onCycle(v) && !told.get(components.of(v))) {
                told.set(components.of(v));
                int start = v;
                tell(() -> {
                    IntArrayList all = new IntArrayList();
                    int[] cycle = ShortestPaths.cycle(graph, components, start);
                    for (int c = 0; c < cycle.length; c++) {
                        all.addInt(cycle[c]);
                        int next = cycle[(c + 1) % cycle.length];
                        for (int i = 0; i < conflicts.size(); i++) {
                            if (conflicts.earlier.getInt(i) == cycle[c] && conflicts.later(i) == next) {
                                addAll(all, paths.chain(cycle[c], nodes.reader[conflicts.read.getInt(i)]));
                                break;
                            }
                        }
                    }
                    return all.toIntArray();
                });
            }
        }
    }

    /** Each cas stands directly after what it replaced, in the one order of all writes; nothing is said of causality alone. */
    private void replacements(CausalOrder causal, Conflicts conflicts) {
        if (!convergence) {
            return;
        }
        CasOrder order = new CasOrder(
                nodes,
                causal.sessions,
                edges -> {
                    causal.tell(edges);
                    conflicts.tell(edges);
                },
                (before, after) -> whyBefore(before, after, conflicts),
                v -> false,
                steps);
        if (order.isTrivial()) {
            return;
        }
        if (anomalies.count() > 0) {
            anomalies.moreMayExist();
            return;
        }
        how = ", then an order in which each cas directly follows what it replaced";
        for (int i = 0; i < conflicts.size(); i++) {
            order.conflict(conflicts.earlier.getInt(i), conflicts.read.getInt(i));
        }
        switch (order.decide()) {
            case ORDER -> {
                // found
            }
            case OPEN -> reasons.undecided(order.whyOpen());
            case NONE -> {
                for (int[] fork : order.forks()) {
                    tell(() -> fork);
                }
                if (anomalies.count() == 0) {
                    int[] witness = witnesses.shrinkOrAll(order.violation());
                    anomalies.add(
                            witness.length,
                            witnesses.distance(witness),
                            () -> witnesses.anomaly(witness, CasPatterns::untold));
                }
                anomalies.moreMayExist();
            }
        }
    }

    /** The read and its past for which a write is before another. */
    private int[] whyBefore(int before, int after, Conflicts conflicts) {
        for (int i = 0; i < conflicts.size(); i++) {
            if (conflicts.earlier.getInt(i) == before && conflicts.later(i) == after) {
                return paths.chain(before, nodes.reader[conflicts.read.getInt(i)]);
            }
        }
        return new int[0];
    }

    private void tellCycles(Digraph graph) {
        anomalies.moreMayExist();
        Components components = graph.components();
        BitSet told = new BitSet();
        for (int v = 0; v < nodes.size; v++) {
            if (components.onCycle(v) && !told.get(components.of(v))) {
                told.set(components.of(v));
                int start = v;
                tell(() -> ShortestPaths.cycle(graph, components, start));
            }
        }
    }

    private static void addAll(IntArrayList all, int[] some) {
        for (int one : some) {
            all.addInt(one);
        }
    }

    /** Counts an anomaly, and looks for its witness as long as that costs little. */
    private void tell(Supplier<int[]> search) {
        if (anomalies.count() > 0 && paths.work() > WORK) {
            anomalies.countUnlisted();
            return;
        }
        int[] found = search.get();
        if (!anomalies.wants(2)) {
            anomalies.countUnlisted();
            return;
        }
        int[] witness = witnesses.shrink(found);
        anomalies.add(witness.length, witnesses.distance(witness), () -> witnesses.anomaly(witness));
    }
}
