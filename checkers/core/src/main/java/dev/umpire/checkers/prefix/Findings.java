package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The contradictions in what is certain, told apart as well as can be.
 *
 * <p>First come the snapshots that contradict the certain order of writes alone; each is one anomaly and is then left out.
 * In what still hangs together in cycles, one short cycle is taken, counted, and its last snapshot left out, some times;
 * what remains then counts once for each component. When as many are found as are wanted, or much has been looked at, the
 * rest is left uncounted, and the count is only a lower bound.
 */
final class Findings {
    private static final int ALONE_VISITS = 2_000;
    private static final long ALL_VISITS = 4_000_000;
    private static final int STARTS = 32;
    private static final int ROUNDS = 8;

    private final PrefixGraph graph;
    private final boolean[] leftOut;
    private final List<int[]> cycles = new ArrayList<>();
    private final int kept;
    private long count;
    private long visits;
    private boolean complete = true;

    private Findings(PrefixGraph graph, int kept) {
        this.graph = graph;
        this.kept = kept;
        leftOut = new boolean[graph.recorded.observations.length];
    }

    /**
     * Finds the anomalies of a graph whose certain part has a cycle.
     *
     * @param kept how many cycles are wanted
     */
    static Findings of(PrefixGraph graph, int kept) {
        Findings findings = new Findings(graph, kept);
        findings.contradictionsOfOne();
        for (int round = 1; round <= ROUNDS && !findings.isEnough(); round++) {
            if (!findings.contradictionsOfSeveral(round == ROUNDS)) {
                return findings;
            }
        }
        findings.complete = !graph.certain(findings.leftOut).cyclic();
        return findings;
    }

    private boolean isEnough() {
        return count >= kept || (count > 0 && visits >= ALL_VISITS);
    }

    /** How many anomalies were told apart; 1 or more. */
    long count() {
        return count;
    }

    /** Whether all were counted, of writes that contradict themselves together at least one; otherwise there may be more. */
    boolean complete() {
        return complete;
    }

    /** Cycles of the certain graph, the short ones first. */
    List<int[]> cycles() {
        return cycles;
    }

    private void contradictionsOfOne() {
        Digraph certain = graph.certain(leftOut);
        Components components = certain.components();
        Cycles search = new Cycles(certain, components);
        int writes = graph.recorded.writes;
        // ends early where cycles are long; visits are what takes time
        for (int node = writes; node < graph.realNodes && search.visits() < ALL_VISITS; node++) {
            if (components.onCycle(node)) {
                int[] cycle = search.through(node, ALONE_VISITS, writes, graph.realNodes);
                if (cycle.length > 0) {
                    leftOut[node - writes] = true;
                    keep(cycle);
                    count++;
                }
            }
        }
        visits += search.visits();
    }

    /** Returns whether there may be more than was counted. */
    private boolean contradictionsOfSeveral(boolean last) {
        Digraph certain = graph.certain(leftOut);
        Components components = certain.components();
        if (!components.cyclic()) {
            return false;
        }
        Cycles search = new Cycles(certain, components);
        boolean[] done = new boolean[components.count()];
        int[] starts = new int[components.count()];
        int[][] best = new int[components.count()][];
        for (int pass = 0; pass < 2; pass++) {
            int from = pass == 0 ? graph.recorded.writes : 0;
            int to = pass == 0 ? graph.realNodes : graph.recorded.writes;
            for (int node = from; node < to; node++) {
                int component = components.of(node);
                boolean found = best[component] != null && visits + search.visits() >= ALL_VISITS;
                if (done[component] || found || starts[component] == STARTS || !components.onCycle(node)) {
                    continue;
                }
                starts[component]++;
                int[] cycle = search.through(node, certain.size(), 0, 0);
                if (best[component] == null || cycle.length < best[component].length) {
                    best[component] = cycle;
                }
            }
            for (int component = 0; component < best.length; component++) {
                done[component] = best[component] != null;
            }
        }
        visits += search.visits();
        boolean more = false;
        for (int[] cycle : best) {
            if (cycle == null) {
                continue;
            }
            int latest = latestSnapshot(cycle);
            if (latest >= 0 && !last) {
                leftOut[latest] = true;
                more = true;
            }
            // a cycle of writes alone stays: it is counted in the last round that runs
            if (latest >= 0 || last) {
                count++;
                keep(cycle);
            }
        }
        if (!more && !last) {
            for (int[] cycle : best) {
                if (cycle != null) {
                    count++;
                    keep(cycle);
                }
            }
        }
        return more || last;
    }

    private int latestSnapshot(int[] cycle) {
        int latest = -1;
        for (int node : cycle) {
            if (graph.isObservation(node)) {
                latest = Math.max(latest, node - graph.recorded.writes);
            }
        }
        return latest;
    }

    private void keep(int[] cycle) {
        cycles.add(cycle);
        if (cycles.size() > 4 * kept) {
            cycles.sort(Comparator.comparingInt(each -> each.length));
            cycles.subList(kept, cycles.size()).clear();
        }
        cycles.sort(Comparator.comparingInt(each -> each.length));
    }
}
