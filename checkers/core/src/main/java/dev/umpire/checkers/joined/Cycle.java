package dev.umpire.checkers.joined;

import dev.umpire.checkers.graph.Components;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Short cycles among constraints, with the edges that each of their edges follows from.
 *
 * <p>Breadth-first from a few nodes of every component that has a cycle; the edges that a derived edge follows from are found
 * among those that were known before. Bounded by the nodes that are visited.
 */
public final class Cycle {
    private static final int STARTS = 24;
    private static final long VISITS = 4_000_000;

    private final Constraints constraints;
    private final Lanes lanes;
    private final int[] firstEdge;
    private final int[] edgesByFrom;
    private final int[] cameBy;
    private final int[] seenIn;
    private final int[] queue;
    private int search;
    private long visits;

    private Cycle(Constraints constraints) {
        this.constraints = constraints;
        this.lanes = constraints.lanes;
        int nodes = lanes.size();
        firstEdge = new int[nodes + 2];
        for (int edge = 0; edge < constraints.edgeCount(); edge++) {
            firstEdge[constraints.from(edge) + 2]++;
        }
        for (int node = 0; node < nodes; node++) {
            firstEdge[node + 2] += firstEdge[node + 1];
        }
        edgesByFrom = new int[constraints.edgeCount()];
        for (int edge = 0; edge < constraints.edgeCount(); edge++) {
            edgesByFrom[firstEdge[constraints.from(edge) + 1]++] = edge;
        }
        cameBy = new int[nodes];
        seenIn = new int[nodes];
        queue = new int[nodes];
    }

    /**
     * What a cycle rests on.
     *
     * @param facts the edges: first those that others follow from, the cycle itself last
     * @param nodes that the facts speak of
     */
    public record Grounds(List<Integer> facts, Set<Integer> nodes) {}

    /** The grounds of a short cycle in each component that has one, the smallest first; at most so many. */
    public static List<Grounds> of(Constraints constraints, int most) {
        return new Cycle(constraints).find(most);
    }

    private List<Grounds> find(int most) {
        Components components = constraints.graph().components();
        int[] tried = new int[components.count()];
        List<List<Grounds>> found = new ArrayList<>();
        int[] slotOf = new int[components.count()];
        Arrays.fill(slotOf, -1);
        for (int node = 0; node < lanes.size() && visits < VISITS; node++) {
            int component = components.of(node);
            if (!components.onCycle(node) || tried[component] == STARTS) {
                continue;
            }
            tried[component]++;
            if (slotOf[component] < 0) {
                if (found.size() == most) {
                    continue;
                }
                slotOf[component] = found.size();
                found.add(new ArrayList<>());
            }
            List<Integer> cycle = path(node, node, Integer.MAX_VALUE, components);
            if (!cycle.isEmpty()) {
                found.get(slotOf[component]).add(grounds(cycle));
            }
        }
        List<Grounds> best = new ArrayList<>();
        for (List<Grounds> some : found) {
            some.stream()
                    .min((a, b) -> Integer.compare(a.nodes().size(), b.nodes().size()))
                    .ifPresent(best::add);
        }
        best.sort((a, b) -> Integer.compare(a.nodes().size(), b.nodes().size()));
        return best;
    }

    private Grounds grounds(List<Integer> cycle) {
        LinkedHashSet<Integer> facts = new LinkedHashSet<>();
        Set<Integer> open = new LinkedHashSet<>();
        cycle.forEach(edge -> explain(edge, facts, open));
        Set<Integer> nodes = new TreeSet<>();
        for (int edge : facts) {
            nodes.add(constraints.from(edge));
            nodes.add(constraints.to(edge));
            if (constraints.reader(edge) != Lanes.NONE) {
                nodes.add(constraints.reader(edge));
            }
        }
        return new Grounds(List.copyOf(facts), nodes);
    }

    /** Adds what an edge follows from, and then the edge. */
    private void explain(int edge, Set<Integer> facts, Set<Integer> open) {
        if (facts.contains(edge) || !open.add(edge)) {
            return;
        }
        if (constraints.round(edge) > 0) {
            int read = constraints.read(edge);
            int reader = constraints.reader(edge);
            int source = constraints.readsFrom.readSource[read];
            List<Integer> path = constraints.reason(edge) == Constraints.Reason.OVERWRITTEN
                    ? path(constraints.from(edge), reader, edge, null)
                    : path(source, constraints.to(edge), edge, null);
            path.forEach(one -> explain(one, facts, open));
        }
        facts.add(edge);
    }

    /** The edges of a shortest way that were known before an edge was derived; from a node to itself a cycle. Empty if the bound was reached. */
    private List<Integer> path(int first, int last, int beforeEdge, @Nullable Components within) {
        search++;
        int head = 0;
        int tail = 0;
        queue[tail++] = first;
        if (first != last) {
            seenIn[first] = search;
        }
        while (head < tail && visits < VISITS) {
            int node = queue[head++];
            visits++;
            for (int at = firstEdge[node]; at < firstEdge[node + 1]; at++) {
                int edge = edgesByFrom[at];
                int next = constraints.to(edge);
                if (edge >= beforeEdge
                        || seenIn[next] == search
                        || (within != null && within.of(next) != within.of(first))) {
                    continue;
                }
                seenIn[next] = search;
                cameBy[next] = edge;
                if (next == last) {
                    return back(first, last);
                }
                queue[tail++] = next;
            }
        }
        return List.of();
    }

    private List<Integer> back(int first, int last) {
        List<Integer> edges = new ArrayList<>();
        int node = last;
        do {
            int edge = cameBy[node];
            edges.add(0, edge);
            node = constraints.from(edge);
        } while (node != first);
        return edges;
    }
}
