package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.verdict.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
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
        if (!graph.guessed().cyclic() && graph.guessKeepsRealTime()) {
            return new Decision(Answer.VALID, false, List.of(), path, "");
        }
        if (graph.certain(new boolean[0]).cyclic()) {
            return new Decision(Answer.INVALID, true, List.of(), "graph of what is certain", "");
        }
        Digraph guessed = graph.guessed(); // made again rather than kept beside the other
        Components components = guessed.components();
        SightIndex sights = new SightIndex(graph);
        boolean playedBack = false;
        while (components.cyclic()) {
            if (!playedBack && largest(components) > LARGEST_WINDOW) {
                playedBack = true;
                Schedule.into(graph, sights, budget);
                guessed = graph.guessed();
                components = guessed.components();
                continue;
            }
            Round round = new Round(graph, sights, guessed, components, budget);
            round.run();
            if (!round.contradictions.isEmpty()) {
                return new Decision(
                        Answer.INVALID, false, round.contradictions, "saturation and search of version orders", "");
            }
            if (round.tooLarge && !playedBack) {
                playedBack = true;
                Schedule.into(graph, sights, budget);
            } else if (!round.undecided.isEmpty()) {
                return new Decision(
                        Answer.UNKNOWN, false, List.of(), "saturation and search of version orders", round.undecided);
            }
            guessed = graph.guessed();
            components = guessed.components();
        }
        if (!graph.guessKeepsRealTime()) {
            return new Decision(
                    Answer.UNKNOWN,
                    false,
                    List.of(),
                    "saturation and search of version orders",
                    "undecided: the order that was found puts writes against real time");
        }
        return new Decision(Answer.VALID, false, List.of(), "saturation and search of version orders", "");
    }

    private static int largest(Components components) {
        int largest = 0;
        for (int component = 0; component < components.count(); component++) {
            largest = Math.max(largest, components.size(component));
        }
        return largest;
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
        private boolean tooLarge;
        /** The stretches that were solved, from and to, in their order; none meets another. */
        private final Deque<int[]> solved = new ArrayDeque<>();

        Round(PrefixGraph graph, SightIndex sights, Digraph guessed, Components components, Budget budget) {
            this.graph = graph;
            this.sights = sights;
            this.components = components;
            this.budget = budget;
            order = TimeOrder.of(graph, guessed, components);
            position = new int[order.length];
            for (int at = 0; at < order.length; at++) {
                position[order[at]] = at;
            }
        }

        void run() {
            int from = 0;
            while (from < order.length) {
                int size = components.size(components.of(order[from]));
                boolean open = solved.isEmpty() || solved.getLast()[1] <= from;
                if (size > 1 && open) {
                    solve(from, from + size);
                }
                from += size;
            }
        }

        /** Widens the window until it fits or nothing fits; takes in whole what was solved in it before. */
        private void solve(int first, int end) {
            int from = withOpenSights(first, end);
            int to = end;
            while (true) {
                while (!solved.isEmpty() && solved.getLast()[1] > from) {
                    int[] before = solved.removeLast();
                    from = Math.min(from, before[0]);
                    to = Math.max(to, before[1]);
                }
                if (to - from > LARGEST_WINDOW) {
                    tooLarge = true;
                    undecided = "undecided: " + (to - from) + " events hang together, and at most " + LARGEST_WINDOW
                            + " are searched";
                    return;
                }
                Window.Result result = new Window(graph, order, position, from, to, sights, true).search(budget);
                if (result == Window.Result.SOLVED) {
                    solved.addLast(new int[] {from, to});
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
                    undecided = "undecided: the search among " + (to - from) + " events " + budget.whySpent();
                    return;
                }
                int more = to - from;
                from = wholeComponents(Math.max(0, from - more), -1);
                to = wholeComponents(Math.min(order.length, to + more), 1);
            }
        }

        /** Where a window must begin to hold the writes that were seen in it and may as well stand later. */
        private int withOpenSights(int first, int end) {
            int from = first;
            for (int at = first; at < end; at++) {
                for (int sight : sights.of(order[at])) {
                    int seen = graph.observers.write[sight];
                    int next = seen < 0 ? -1 : graph.versions.next(seen);
                    if (next >= 0
                            && position[graph.recorded.node(next)] < end
                            && !graph.versions.certainlyBefore(seen, next)) {
                        from = Math.min(from, position[graph.recorded.node(seen)]);
                    }
                }
            }
            return end - from > LARGEST_WINDOW ? first : wholeComponents(from, -1);
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
