package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.graph.Edges;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
    /** The writes of each key in the window, as slots. */
    private final List<int[]> groups = new ArrayList<>();
    /** By slot: the write. */
    private int[] writeAt = new int[64];
    /** By slot: the place of the write's node in the window; writes of one operation have one place. */
    private int[] placeAt = new int[64];
    /** By slot: the index of its group. */
    private int[] groupAt = new int[64];

    private int slots;
    /** The slot of each write in the window. */
    private final Map<Integer, Integer> slotOf = new HashMap<>();
    /** What was seen inside the window: place of the observer, slot of the write seen. */
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
                if (!budget.takeFor((long) slots * slots)) {
                    return Result.SPENT;
                }
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
                int seen = placeAt[sight[1]];
                int[] group = groups.get(groupAt[sight[1]]);
                if (!budget.takeFor(group.length)) {
                    return Result.SPENT;
                }
                for (int slot : group) {
                    int write = placeAt[slot];
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
        int[] proof = new int[slots];
        int[] past = new int[slots];
        for (int slot = 0; slot < slots; slot++) {
            for (int other = 0; other < slots; other++) {
                if (other == slot || reach.before(placeAt[other], placeAt[slot])) {
                    proof[slot] = Math.max(proof[slot], graph.recorded.evidence[writeAt[other]]);
                    past[slot]++;
                }
            }
        }
        List<int[]> guess = new ArrayList<>();
        for (int[] group : groups) {
            List<Integer> sorted = new ArrayList<>();
            for (int slot : group) {
                sorted.add(slot);
            }
            sorted.sort((a, b) ->
                    proof[a] != proof[b] ? Integer.compare(proof[a], proof[b]) : Integer.compare(past[a], past[b]));
            guess.add(sorted.stream().mapToInt(Integer::intValue).toArray());
        }
        return guess;
    }

    /** A pair of writes of one key whose order is open and takes part in a cycle of the guess; nothing if there is none. */
    private Optional<int[]> contradiction(List<int[]> guess, Reachability reach) {
        int[] next = new int[slots];
        Arrays.fill(next, -1);
        Edges edges = new Edges(base.size() + 2 * (to - from));
        base.tell(edges);
        for (int[] group : guess) {
            for (int i = 1; i < group.length; i++) {
                edges.add(placeAt[group[i - 1]], placeAt[group[i]]);
                next[group[i - 1]] = group[i];
            }
        }
        for (int[] sight : sights) {
            int later = next[sight[1]];
            if (later >= 0 && placeAt[later] != sight[0]) {
                edges.add(sight[0], placeAt[later]);
            }
        }
        Components components = Digraph.of(to - from, edges).components();
        if (!components.cyclic()) {
            return Optional.empty();
        }
        for (int[] sight : sights) {
            int later = next[sight[1]];
            if (later >= 0
                    && placeAt[later] != sight[0]
                    && components.of(sight[0]) == components.of(placeAt[later])
                    && !reach.before(placeAt[sight[1]], placeAt[later])) {
                return Optional.of(new int[] {placeAt[sight[1]], placeAt[later]});
            }
        }
        for (int slot = 0; slot < slots; slot++) {
            if (next[slot] >= 0
                    && components.of(placeAt[slot]) == components.of(placeAt[next[slot]])
                    && !reach.before(placeAt[slot], placeAt[next[slot]])) {
                return Optional.of(new int[] {placeAt[slot], placeAt[next[slot]]});
            }
        }
        throw new IllegalStateException("a cycle of " + (to - from) + " operations has no open pair of writes");
    }

    private void commit(List<int[]> guess) {
        for (int[] group : guess) {
            int[] writes = new int[group.length];
            Arrays.setAll(writes, i -> writeAt[group[i]]);
            graph.versions.reorder(writes);
        }
    }

    private void collectGroups() {
        Map<Integer, List<Integer>> byKey = new TreeMap<>();
        for (int at = from; at < to; at++) {
            int first = order[at];
            if (first >= graph.recorded.writes || graph.recorded.node(first) != first) {
                continue;
            }
            for (int write = first; write < graph.recorded.endOfNode(first); write++) {
                if (slots == writeAt.length) {
                    writeAt = Arrays.copyOf(writeAt, 2 * slots);
                    placeAt = Arrays.copyOf(placeAt, 2 * slots);
                    groupAt = Arrays.copyOf(groupAt, 2 * slots);
                }
                writeAt[slots] = write;
                placeAt[slots] = at - from;
                slotOf.put(write, slots);
                byKey.computeIfAbsent(graph.recorded.writeKey[write], key -> new ArrayList<>())
                        .add(slots++);
            }
        }
        for (List<Integer> ofKey : byKey.values()) {
            int[] group = ofKey.stream().mapToInt(Integer::intValue).toArray();
            for (int slot : group) {
                groupAt[slot] = groups.size();
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
                    if (a != b && graph.versions.certainlyBefore(writeAt[a], writeAt[b])) {
                        base.add(placeAt[a], placeAt[b]);
                    }
                }
            }
        }
    }

    private void addPositions() {
        List<Integer> positioned = new ArrayList<>();
        for (int[] group : groups) {
            for (int write : group) {
                if (graph.versions.hasPosition(writeAt[write])) {
                    positioned.add(write);
                }
            }
        }
        positioned.sort((a, b) -> Long.compare(mark(a), mark(b)));
        for (int i = 1; i < positioned.size(); i++) {
            int earlier = placeAt[positioned.get(i - 1)];
            int later = placeAt[positioned.get(i)];
            if (earlier != later) {
                base.add(earlier, later);
                if (mark(positioned.get(i - 1)) == mark(positioned.get(i))) {
                    base.add(later, earlier);
                }
            }
        }
    }

    private long mark(int slot) {
        return graph.versions.mark(writeAt[slot]);
    }

    private void addSights(SightIndex sightsOf) {
        Observers observers = graph.observers;
        for (int at = from; at < to; at++) {
            for (int sight : sightsOf.of(order[at])) {
                int observer = at - from;
                int seen = observers.write[sight];
                Integer inside = seen >= 0 ? slotOf.get(seen) : null;
                if (inside != null) {
                    base.add(placeAt[inside], observer);
                    sights.add(new int[] {observer, inside});
                    continue;
                }
                for (int[] group : groups) {
                    if (graph.recorded.writeKey[writeAt[group[0]]] != observers.key[sight]) {
                        continue;
                    }
                    for (int slot : group) {
                        boolean later = seen == Recorded.INITIAL
                                || fitting
                                || graph.versions.certainlyBefore(seen, writeAt[slot]);
                        if (later && placeAt[slot] != observer) {
                            base.add(observer, placeAt[slot]);
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
            for (int slot : group) {
                int observer = sightsOf.lastObserver(writeAt[slot], position);
                if (observer >= 0 && position[observer] >= to) {
                    for (int other : group) {
                        if (other != slot) {
                            base.add(placeAt[other], placeAt[slot]);
                        }
                    }
                }
            }
        }
    }
}
