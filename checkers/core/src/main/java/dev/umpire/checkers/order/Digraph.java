package dev.umpire.checkers.order;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A directed graph that grows; nodes and edges are ints. 4 bytes a node and 8 bytes an edge.
 *
 * <p>Strongly connected components are Tarjan's (Depth-first search and linear graph algorithms, SIAM J. Comput. 1972),
 * without recursion: a path of a million nodes is an ordinary case here.
 */
final class Digraph {
    private static final int NONE = -1;
    private static final int STARTS = 256;
    /** How many nodes all searches for a shortest cycle may visit together; beyond it a short one is good enough. */
    private static final int VISITS = 2_000_000;

    private int[] firstEdge;
    private int[] nextEdge;
    private int[] target;
    private int nodes;
    private int edges;

    Digraph(int nodes, int expectedEdges) {
        firstEdge = new int[Math.max(16, nodes)];
        Arrays.fill(firstEdge, NONE);
        this.nodes = nodes;
        nextEdge = new int[Math.max(16, expectedEdges)];
        target = new int[nextEdge.length];
    }

    int addNode() {
        if (nodes == firstEdge.length) {
            firstEdge = Arrays.copyOf(firstEdge, larger(nodes));
            Arrays.fill(firstEdge, nodes, firstEdge.length, NONE);
        }
        return nodes++;
    }

    void addEdge(int from, int to) {
        if (edges == target.length) {
            nextEdge = Arrays.copyOf(nextEdge, larger(edges));
            target = Arrays.copyOf(target, nextEdge.length);
        }
        target[edges] = to;
        nextEdge[edges] = firstEdge[from];
        firstEdge[from] = edges++;
    }

    private static int larger(int size) {
        return size + (size >> 1);
    }

    /** The strongly connected components of two nodes or more. */
    List<int[]> components() {
        List<int[]> found = new ArrayList<>();
        // 0: not visited; positive: the lowest number reachable; -1: its component is closed
        int[] low = new int[nodes];
        int[] path = new int[nodes];
        int[] edgeOfPath = new int[nodes];
        int[] open = new int[nodes];
        int[] numberOfPath = new int[nodes];
        int openCount = 0;
        int number = 0;
        for (int root = 0; root < nodes; root++) {
            if (low[root] != 0) {
                continue;
            }
            int depth = 0;
            path[0] = root;
            edgeOfPath[0] = firstEdge[root];
            low[root] = numberOfPath[0] = ++number;
            open[openCount++] = root;
            while (depth >= 0) {
                int node = path[depth];
                int edge = edgeOfPath[depth];
                if (edge != NONE) {
                    edgeOfPath[depth] = nextEdge[edge];
                    int to = target[edge];
                    if (low[to] == 0) {
                        depth++;
                        path[depth] = to;
                        edgeOfPath[depth] = firstEdge[to];
                        low[to] = numberOfPath[depth] = ++number;
                        open[openCount++] = to;
                    } else if (low[to] > 0 && low[to] < low[node]) {
                        low[node] = low[to];
                    }
                } else {
                    if (low[node] == numberOfPath[depth]) {
                        int from = openCount;
                        do {
                            from--;
                            low[open[from]] = -1;
                        } while (open[from] != node);
                        if (openCount - from > 1) {
                            found.add(Arrays.copyOfRange(open, from, openCount));
                        }
                        openCount = from;
                    } else if (low[node] < low[path[depth - 1]]) {
                        low[path[depth - 1]] = low[node];
                    }
                    depth--;
                }
            }
        }
        return found;
    }

    /**
     * A cycle through the component with the fewest nodes that count.
     *
     * @param component one of {@link #components}
     * @param counts whether a node counts; the others are helpers and are left out of the answer
     * @return the counted nodes in the order of the cycle; shortest among the cycles through the first few hundred of them
     */
    int[] shortestCycle(int[] component, IntPredicate counts) {
        int[] place = new int[nodes];
        for (int i = 0; i < component.length; i++) {
            place[component[i]] = i + 1;
        }
        int[] best = {};
        int starts = 0;
        int allowed = Math.max(1, Math.min(STARTS, VISITS / component.length));
        int[] distance = new int[component.length];
        int[] parent = new int[component.length];
        for (int start : component) {
            if (!counts.test(start)) {
                continue;
            }
            if (starts == allowed || best.length == 2) {
                break;
            }
            starts++;
            int limit = best.length == 0 ? Integer.MAX_VALUE : best.length;
            int last = search(component, place, counts, start, distance, parent, limit);
            if (last != NONE) {
                best = walkBack(component, counts, last, parent);
            }
        }
        return best;
    }

    /** Breadth first, helpers for free; the node before the start on the shortest way back to it, or NONE. */
    private int search(
            int[] component, int[] place, IntPredicate counts, int start, int[] distance, int[] parent, int limit) {
        Arrays.fill(distance, Integer.MAX_VALUE);
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        int from = place[start] - 1;
        distance[from] = 1;
        parent[from] = NONE;
        queue.add(from);
        while (!queue.isEmpty()) {
            int here = queue.poll();
            for (int edge = firstEdge[component[here]]; edge != NONE; edge = nextEdge[edge]) {
                int to = target[edge];
                if (to == start) {
                    return here;
                }
                int there = place[to] - 1;
                if (there < 0) {
                    continue;
                }
                boolean counted = counts.test(to);
                int length = distance[here] + (counted ? 1 : 0);
                if (length < distance[there] && length < limit) {
                    distance[there] = length;
                    parent[there] = here;
                    if (counted) {
                        queue.addLast(there);
                    } else {
                        queue.addFirst(there);
                    }
                }
            }
        }
        return NONE;
    }

    private static int[] walkBack(int[] component, IntPredicate counts, int last, int[] parent) {
        List<Integer> cycle = new ArrayList<>();
        for (int at = last; at != NONE; at = parent[at]) {
            if (counts.test(component[at])) {
                cycle.add(component[at]);
            }
        }
        int[] inOrder = new int[cycle.size()];
        for (int i = 0; i < inOrder.length; i++) {
            inOrder[i] = cycle.get(inOrder.length - 1 - i);
        }
        return inOrder;
    }
}
