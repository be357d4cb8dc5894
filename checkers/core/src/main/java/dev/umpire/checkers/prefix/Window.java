package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.graph.Edges;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stretch of the guessed graph's topological order, in which the order of each key's writes is sought anew.
 *
 * <p>What is certain is closed under two rules until nothing changes. An observer O that saw write w of a key:
 * <ol>
 *   <li>if w comes before another write v of the key, O comes before v: else it would have seen v;
 *   <li>if another write v of the key comes before O, v comes before w: else O would have seen v.
 * </ol>
 * Then an order is guessed from what is closed; if it has a cycle, a pair of writes of one key that takes part in it is
 * tried both ways. When every pair is decided the guess has no cycle, so that the search is complete.
 *
 * <p>{@code fitting}: what stands outside the stretch stays where it is, and a solution fits in. Otherwise nothing is
 * asked of what stands outside: no solution then means that the whole history has none.
 */
final class Window {
    private final PrefixGraph graph;
    private final int[] order;
    private final int from;
    private final int to;
    private final boolean fitting;

    /** Where each node stands in the order. */
    private final int[] position;

    private final Edges base = new Edges(64);
    /** The writes of each key, as places in the window. */
    private final List<int[]> groups = new ArrayList<>();
    /** By place in the window: the index of its group, for writes. */
    private final int[] groupOf;
    /** What was seen inside the window: observer, write seen. */
    private final List<int[]> sights = new ArrayList<>();

    /**
     * A window on part of an order.
     *
     * @param order all nodes of the guessed graph in topological order
     * @param position the inverse of {@code order}
     * @param to the end of the stretch, exclusive
     * @param sightsOf which sights each observation and cas has, and which sights are of each write
     */
    Window(PrefixGraph graph, int[] order, int[] position, int from, int to, SightIndex sightsOf, boolean fitting) {
        this.graph = graph;
        this.order = order;
        this.from = from;
        this.to = to;
        this.fitting = fitting;
        groupOf = new int[to - from];
        this.position = position;
        collectGroups();
        addFixedOrder(sightsOf);
        addCertainPairs();
        addPositions();
        addSights(sightsOf);
    }

    /** The place of a node in the window, or -1. */
    private int place(int node) {
        return position[node] >= from && position[node] < to ? position[node] - from : -1;
    }

    /** What a search found. */
    enum Result {
        /** An order was found, and written to the version orders if it was asked to fit. */
        SOLVED,
        /** There is none. */
        CONTRADICTION,
        /** The budget was spent. */
        SPENT
    }

    Result search(Budget budget) {
        Optional<Reachability> closed = Reachability.of(base, to - from);
        if (closed.isEmpty()) {
            return Result.CONTRADICTION;
        }
        Reachability reach = closed.get();
        Deque<int[]> undecided = new ArrayDeque<>(); // first, second, state to return to before second comes first
        Result result = close(reach, budget);
        while (result != Result.SPENT) {
            if (result == Result.SOLVED) {
                List<int[]> guess = guess(reach);
                Optional<int[]> pair = contradiction(guess, reach);
                if (pair.isEmpty()) {
                    if (fitting) {
                        commit(guess);
                    }
                    return Result.SOLVED;
                }
                int first = pair.get()[0];
                int second = pair.get()[1];
                undecided.push(new int[] {first, second, reach.state()});
                result = decide(first, second, reach, budget);
            } else {
                if (undecided.isEmpty()) {
                    return Result.CONTRADICTION;
                }
                int[] choice = undecided.pop();
                reach.undo(choice[2]);
                result = decide(choice[1], choice[0], reach, budget);
            }
        }
        return Result.SPENT;
    }

    private Result decide(int first, int second, Reachability reach, Budget budget) {
        if (!budget.take()) {
            return Result.SPENT;
        }
        return reach.add(first, second) ? close(reach, budget) : Result.CONTRADICTION;
    }

    /** Applies the two rules until nothing changes. */
    private Result close(Reachability reach, Budget budget) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int[] sight : sights) {
                int observer = sight[0];
                int seen = sight[1];
                for (int write : groups.get(groupOf[seen])) {
                    if (write == seen || write == observer) {
                        continue;
                    }
                    int first;
                    int second;
                    if (reach.before(seen, write) && !reach.before(observer, write)) {
                        first = observer;
                        second = write;
                    } else if (reach.before(write, observer) && !reach.before(write, seen)) {
                        first = write;
                        second = seen;
                    } else {
                        continue;
                    }
                    if (!budget.take()) {
                        return Result.SPENT;
                    }
                    if (!reach.add(first, second)) {
                        return Result.CONTRADICTION;
                    }
                    changed = true;
                }
            }
        }
        return Result.SOLVED;
    }

    /** An order of each key's writes that agrees with what is closed: by the latest proof of what must have happened. */
    private List<int[]> guess(Reachability reach) {
        int[] proof = new int[to - from];
        int[] past = new int[to - from];
        for (int[] group : groups) {
            for (int write : group) {
                for (int[] others : groups) {
                    for (int other : others) {
                        if (other == write || reach.before(other, write)) {
                            proof[write] = Math.max(proof[write], graph.recorded.evidence[order[from + other]]);
                            past[write]++;
                        }
                    }
                }
            }
        }
        List<int[]> guess = new ArrayList<>();
        for (int[] group : groups) {
            List<Integer> sorted = new ArrayList<>();
            for (int write : group) {
                sorted.add(write);
            }
            sorted.sort((a, b) ->
                    proof[a] != proof[b] ? Integer.compare(proof[a], proof[b]) : Integer.compare(past[a], past[b]));
            guess.add(sorted.stream().mapToInt(Integer::intValue).toArray());
        }
        return guess;
    }

    /** A pair of writes of one key whose order is open and takes part in a cycle of the guess; nothing if there is none. */
    private Optional<int[]> contradiction(List<int[]> guess, Reachability reach) {
        int[] next = new int[to - from];
        Arrays.fill(next, -1);
        Edges edges = new Edges(base.size() + 2 * (to - from));
        base.tell(edges);
        for (int[] group : guess) {
            for (int i = 1; i < group.length; i++) {
                edges.add(group[i - 1], group[i]);
                next[group[i - 1]] = group[i];
            }
        }
        for (int[] sight : sights) {
            if (next[sight[1]] >= 0 && next[sight[1]] != sight[0]) {
                edges.add(sight[0], next[sight[1]]);
            }
        }
        Components components = Digraph.of(to - from, edges).components();
        if (!components.cyclic()) {
            return Optional.empty();
        }
        for (int[] sight : sights) {
            int later = next[sight[1]];
            if (later >= 0
                    && later != sight[0]
                    && components.of(sight[0]) == components.of(later)
                    && !reach.before(sight[1], later)) {
                return Optional.of(new int[] {sight[1], later});
            }
        }
        for (int node = 0; node < to - from; node++) {
            if (next[node] >= 0
                    && components.of(node) == components.of(next[node])
                    && !reach.before(node, next[node])) {
                return Optional.of(new int[] {node, next[node]});
            }
        }
        throw new IllegalStateException("a cycle of " + (to - from) + " operations has no open pair of writes");
    }

    private void commit(List<int[]> guess) {
        for (int[] group : guess) {
            int[] writes = new int[group.length];
            Arrays.setAll(writes, i -> order[from + group[i]]);
            graph.versions.reorder(writes);
        }
    }

    private void collectGroups() {
        Map<Integer, List<Integer>> byKey = new HashMap<>();
        for (int at = from; at < to; at++) {
            if (order[at] < graph.recorded.writes) {
                byKey.computeIfAbsent(graph.recorded.writeKey[order[at]], key -> new ArrayList<>())
                        .add(at - from);
            }
        }
        List<Integer> keys = new ArrayList<>(byKey.keySet());
        Collections.sort(keys);
        for (int key : keys) {
            int[] group = byKey.getOrDefault(key, List.of()).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int write : group) {
                groupOf[write] = groups.size();
            }
            groups.add(group);
        }
    }

    private void addFixedOrder(SightIndex sightsOf) {
        for (int at = from; at < to; at++) {
            int node = order[at];
            for (int slot = sightsOf.fixed.firstSlot(node); slot < sightsOf.fixed.firstSlot(node + 1); slot++) {
                int next = place(sightsOf.fixed.successor(slot));
                if (next >= 0) {
                    base.add(at - from, next);
                }
            }
        }
    }

    private void addCertainPairs() {
        for (int[] group : groups) {
            for (int a : group) {
                for (int b : group) {
                    if (a != b && graph.versions.certainlyBefore(order[from + a], order[from + b])) {
                        base.add(a, b);
                    }
                }
            }
        }
    }

    private void addPositions() {
        List<Integer> positioned = new ArrayList<>();
        for (int[] group : groups) {
            for (int write : group) {
                if (graph.versions.hasPosition(order[from + write])) {
                    positioned.add(write);
                }
            }
        }
        positioned.sort((a, b) -> Long.compare(mark(a), mark(b)));
        for (int i = 1; i < positioned.size(); i++) {
            int earlier = positioned.get(i - 1);
            int later = positioned.get(i);
            base.add(earlier, later);
            if (mark(earlier) == mark(later)) {
                base.add(later, earlier);
            }
        }
    }

    private long mark(int write) {
        return graph.versions.mark(order[from + write]);
    }

    private void addSights(SightIndex sightsOf) {
        Observers observers = graph.observers;
        for (int at = from; at < to; at++) {
            for (int sight : sightsOf.of(order[at])) {
                int observer = at - from;
                int seen = observers.write[sight];
                int inside = seen >= 0 ? place(seen) : -1;
                if (inside >= 0) {
                    base.add(inside, observer);
                    sights.add(new int[] {observer, inside});
                    continue;
                }
                for (int[] group : groups) {
                    if (graph.recorded.writeKey[order[from + group[0]]] != observers.key[sight]) {
                        continue;
                    }
                    for (int write : group) {
                        boolean later = seen == Recorded.INITIAL
                                || fitting
                                || graph.versions.certainlyBefore(seen, order[from + write]);
                        if (later && write != observer) {
                            base.add(observer, write);
                        }
                    }
                }
            }
        }
        if (fitting) {
            keepWhatLaterObserversSaw(sightsOf);
        }
    }

    private void keepWhatLaterObserversSaw(SightIndex sightsOf) {
        for (int[] group : groups) {
            for (int write : group) {
                int observer = sightsOf.lastObserver(order[from + write], position);
                if (observer >= 0 && position[observer] >= to) {
                    for (int other : group) {
                        if (other != write) {
                            base.add(other, write);
                        }
                    }
                }
            }
        }
    }
}
