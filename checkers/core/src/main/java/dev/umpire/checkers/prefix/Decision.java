package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.verdict.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether an order of all writes explains every observation.
 *
 * @param answer VALID if one was found, INVALID if there is none
 * @param certainCycle whether what is certain contradicts itself already
 * @param contradictions stretches, as nodes of the graph, each of which no order explains; none if {@code certainCycle}
 * @param path how it was decided, in a few words
 * @param reason why it was not; empty otherwise
 */
record Decision(Answer answer, boolean certainCycle, List<int[]> contradictions, String path, String reason) {
    /** How many operations that hang together are looked at; more would need too much memory, and time. */
    private static final int LARGEST_WINDOW = 2048;

    /** Looks for an order. What it finds stands in the graph's version orders. */
    static Decision of(PrefixGraph graph, Budget budget) {
        String path = graph.versions.allKnown() ? "graph of a known version order" : "graph of a guessed version order";
        Digraph guessed = graph.guessed();
        Components components = guessed.components();
        if (!components.cyclic()) {
            return new Decision(Answer.VALID, false, List.of(), path, "");
        }
        if (graph.certain(new boolean[0]).components().cyclic()) {
            return new Decision(Answer.INVALID, true, List.of(), "graph of what is certain", "");
        }
        SightIndex sights = new SightIndex(graph);
        while (components.cyclic()) {
            Round round = new Round(graph, sights, components, budget);
            round.run();
            if (!round.contradictions.isEmpty()) {
                return new Decision(
                        Answer.INVALID, false, round.contradictions, "saturation and search of version orders", "");
            }
            if (!round.undecided.isEmpty()) {
                return new Decision(
                        Answer.UNKNOWN, false, List.of(), "saturation and search of version orders", round.undecided);
            }
            components = graph.guessed().components();
        }
        return new Decision(Answer.VALID, false, List.of(), "saturation and search of version orders", "");
    }

    /** One look at all stretches that contradict the guess. */
    private static final class Round {
        private final PrefixGraph graph;
        private final SightIndex sights;
        private final Components components;
        private final Budget budget;
        private final int[] order;
        private final int[] position;
        private final List<int[]> contradictions = new ArrayList<>();
        private String undecided = "";
        private int solvedUpTo;

        Round(PrefixGraph graph, SightIndex sights, Components components, Budget budget) {
            this.graph = graph;
            this.sights = sights;
            this.components = components;
            this.budget = budget;
            order = components.topologicalOrder();
            position = new int[order.length];
            for (int at = 0; at < order.length; at++) {
                position[order[at]] = at;
            }
        }

        void run() {
            int from = 0;
            while (from < order.length) {
                int size = components.size(components.of(order[from]));
                if (size > 1) {
                    solve(from, from + size);
                }
                from += size;
            }
        }

        /** Widens the window until it fits or nothing fits; leaves it to the next round if it meets one solved now. */
        private void solve(int first, int end) {
            int from = first;
            int to = end;
            while (from >= solvedUpTo) {
                if (to - from > LARGEST_WINDOW) {
                    undecided = "undecided: " + (to - from) + " events hang together, and at most " + LARGEST_WINDOW
                            + " are searched";
                    return;
                }
                Window.Result result = new Window(graph, order, position, from, to, sights, true).search(budget);
                if (result == Window.Result.SOLVED) {
                    solvedUpTo = to;
                    return;
                }
                boolean whole = from == 0 && to == order.length;
                if (result == Window.Result.CONTRADICTION && !whole) {
                    result = new Window(graph, order, position, from, to, sights, false).search(budget);
                }
                if (result == Window.Result.CONTRADICTION) {
                    contradictions.add(Arrays.copyOfRange(order, from, to));
                    return;
                }
                if (result == Window.Result.SPENT) {
                    undecided = "undecided: the search among " + (to - from) + " events spent its " + budget.steps()
                            + " steps";
                    return;
                }
                int more = to - from;
                from = wholeComponents(Math.max(0, from - more), -1);
                to = wholeComponents(Math.min(order.length, to + more), 1);
            }
        }

        private int wholeComponents(int border, int step) {
            int at = border;
            while (at > 0 && at < order.length && components.of(order[at - 1]) == components.of(order[at])) {
                at += step;
            }
            return at;
        }
    }
}
