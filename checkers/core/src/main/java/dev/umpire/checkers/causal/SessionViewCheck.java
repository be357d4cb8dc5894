package dev.umpire.checkers.causal;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.graph.EdgeSource;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.agrona.collections.IntArrayList;

/** Judges one history by {@link CausalMemory} or {@link Pram}: session by session. */
final class SessionViewCheck {
    private static final long MOST_SEQUENCES = 10_000;

    private final String name;
    private final boolean causal;
    private final Reasons reasons;
    private final Anomalies anomalies;
    private final Nodes nodes;
    private final Witnesses witnesses;
    private final Steps steps;
    /** What else was done, of histories with cas. */
    private String how = "";

    SessionViewCheck(String name, boolean causal, History history, CheckOptions options) {
        this.name = name;
        this.causal = causal;
        reasons = new Reasons(Words.of(history));
        anomalies = new Anomalies(options.anomalyLimit());
        nodes = Nodes.of(history, reasons);
        witnesses = new Witnesses(nodes, part -> new SessionPatterns(part, causal).find());
        steps = Steps.of(options);
    }

    Verdict verdict() {
        SessionOrder sessions = new SessionOrder(nodes);
        if (!sessions.complete) {
            reasons.undecided("too many operations of one session overlap");
        } else if (causal) {
            CausalOrder order = new CausalOrder(nodes, sessions);
            if (order.cyclic()) {
                tellCycles(order.graph());
            } else {
                judge(new SessionView(nodes, sessions, true, order.place, steps));
                replacements(sessions, order::tell);
            }
        } else {
            int[] place = new int[nodes.size];
            for (int i = 0; i < place.length; i++) {
                place[sessions.byTime[i]] = i;
            }
            judge(new SessionView(nodes, sessions, false, place, steps));
            replacements(sessions, edges -> {
                for (int v = 0; v < nodes.size; v++) {
                    for (int i = sessions.start[v]; i < sessions.start[v + 1]; i++) {
                        edges.add(sessions.predecessor[i], v);
                    }
                }
            });
        }
        return reasons.verdict(
                name,
                Optional.empty(),
                causal
                        ? "for each session the least happens-before, level by level between its reads" + how
                        : "for each session what must come before each of its reads, level by level" + how,
                nodes.readCount(),
                nodes.history.size(),
                anomalies,
                "no read of the history returned anything: nothing could have been violated");
    }

    private void judge(SessionView view) {
        int undecided = 0;
        int[][] readsOf = readsBySession();
        for (int[] reads : readsOf) {
            if (reads.length == 0) {
                continue;
            }
            IntArrayList involved = new IntArrayList();
            ReadSequences.Found found = ReadSequences.any(nodes, reads, MOST_SEQUENCES, sequence -> {
                boolean holds = view.holds(sequence);
                for (int v : view.violation()) {
                    involved.addInt(v);
                }
                return holds || steps.spent();
            });
            if (steps.spent()) {
                reasons.undecided(steps.whySpent());
                return;
            }
            if (found == ReadSequences.Found.NOT_ALL_TRIED) {
                undecided++;
            } else if (found == ReadSequences.Found.NONE) {
                tell(involved.toIntArray(), reads);
            }
        }
        if (undecided > 0) {
            reasons.undecided("so many reads overlap in "
                    + Words.count(undecided, "session", "sessions")
                    + " that not all their sequences could be tried");
        }
    }

    /** In every session's order each cas, whoever made it, stands directly after what it replaced. */
    private void replacements(SessionOrder sessions, EdgeSource given) {
        CasOrder all = casOrder(sessions, given, v -> false);
        if (all.isTrivial() || steps.spent()) {
            return;
        }
        if (anomalies.count() > 0) {
            anomalies.moreMayExist();
            return;
        }
        how = ", then an order in which each cas directly follows what it replaced";
        for (int[] fork : all.forks()) {
            tell(fork, fork);
        }
        if (anomalies.count() > 0) {
            return;
        }
        CausalOrder causalOrder = new CausalOrder(nodes, sessions);
        Optional<Conflicts> conflicts = causalOrder.cyclic() ? Optional.empty() : Optional.of(conflicts(causalOrder));
        if (conflicts.isPresent()
                && informed(causalOrder, conflicts.get(), nodes::reads).isFoundAtOnce()) {
            return; // the order of a store with one copy is that of every session
        }
        int[][] readsOf = readsBySession();
        for (int session = 0; session < readsOf.length && anomalies.count() == 0; session++) {
            int its = session;
            IntPredicate bound = v -> nodes.session(v) == its && nodes.reads(v);
            if (readsOf[session].length == 0
                    || (!causal
                            && conflicts.isPresent()
                            && informed(causalOrder, conflicts.get(), bound).isFoundAtOnce())) {
                continue;
            }
            CasOrder order = causal && conflicts.isPresent()
                    ? informed(causalOrder, conflicts.get(), bound)
                    : casOrder(sessions, given, bound);
            CasOrder.Found found = order.decide();
            if (found == CasOrder.Found.OPEN) {
                reasons.undecided(order.whyOpen());
                if (steps.spent()) {
                    return;
                }
            } else if (found == CasOrder.Found.NONE) {
                List<int[]> forks = order.forks();
                tell(
                        forks.isEmpty() ? order.violation() : forks.get(0),
                        readsOf[session],
                        witness -> witnesses.anomaly(witness, CasPatterns::untold));
            }
        }
    }

    private static Conflicts conflicts(CausalOrder causalOrder) {
        Clocks clocks = new Clocks(causalOrder, Clocks.WIDEST);
        Conflicts conflicts = new Conflicts(causalOrder, clocks);
        clocks.run(conflicts);
        return conflicts;
    }

    /** The question for causal memory, with what the pasts of cas and of bound reads say of it. */
    private CasOrder informed(CausalOrder causalOrder, Conflicts conflicts, IntPredicate bound) {
        CasOrder order = new CasOrder(
                nodes,
                causalOrder.sessions,
                causalOrder::tell,
                (before, after) -> whyBefore(before, after, conflicts, bound),
                bound,
                steps);
        for (int i = 0; i < conflicts.size(); i++) {
            if (binds(conflicts, i, bound)) {
                order.conflict(conflicts.earlier.getInt(i), conflicts.read.getInt(i));
            }
        }
        return order;
    }

    private boolean binds(Conflicts conflicts, int i, IntPredicate bound) {
        int reader = nodes.reader[conflicts.read.getInt(i)];
        return nodes.isCas(reader) || bound.test(reader);
    }

    private int[] whyBefore(int before, int after, Conflicts conflicts, IntPredicate bound) {
        for (int i = 0; i < conflicts.size(); i++) {
            if (conflicts.earlier.getInt(i) == before && conflicts.later(i) == after && binds(conflicts, i, bound)) {
                return new ShortestPaths(nodes).chain(before, nodes.reader[conflicts.read.getInt(i)]);
            }
        }
        return new int[0];
    }

    private CasOrder casOrder(SessionOrder sessions, EdgeSource given, IntPredicate bound) {
        return new CasOrder(nodes, sessions, given, (before, after) -> new int[0], bound, steps);
    }

    private int[][] readsBySession() {
        IntArrayList[] found = new IntArrayList[nodes.history.sessionCount()];
        for (int v = 0; v < nodes.size; v++) {
            if (nodes.reads(v)) {
                int session = nodes.session(v);
                if (found[session] == null) {
                    found[session] = new IntArrayList();
                }
                found[session].addInt(v);
            }
        }
        return Arrays.stream(found)
                .map(reads -> reads == null ? new int[0] : ReadSequences.byCompletion(nodes, reads.toIntArray()))
                .toArray(int[][]::new);
    }

    /** Tells the first violation of a session; what its later reads contradict is not looked for. */
    private void tell(int[] involved, int[] reads) {
        tell(involved, reads, witnesses::anomaly);
    }

    private void tell(int[] involved, int[] reads, Function<int[], Anomaly> told) {
        anomalies.moreMayExist();
        int[] witness = witnesses.shrink(involved);
        // reads that overlap others may be missing, without which there is another sequence
        int[] least = witness.length > 0 ? witness : witnesses.shrinkOrAll(join(involved, reads));
        anomalies.add(least.length, witnesses.distance(least), () -> told.apply(least));
    }

    private static int[] join(int[] some, int[] others) {
        int[] joined = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, joined, some.length, others.length);
        return joined;
    }

    private void tellCycles(Digraph graph) {
        Components components = graph.components();
        BitSet told = new BitSet();
        for (int v = 0; v < nodes.size; v++) {
            if (components.onCycle(v) && !told.get(components.of(v))) {
                told.set(components.of(v));
                anomalies.moreMayExist();
                int[] witness = witnesses.shrink(ShortestPaths.cycle(graph, components, v));
                anomalies.add(witness.length, witnesses.distance(witness), () -> witnesses.anomaly(witness));
            }
        }
    }
}
