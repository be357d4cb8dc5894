package dev.umpire.checkers.causal;

import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Which of a few nodes must come before which, fact by fact, so that of a contradiction only those are told that lead to it. */
final class CasFacts {
    /** More than these are not told. */
    private static final int MOST_TOLD = 8;

    private static final int MOST_NAMED = 4;

    /**
     * That one node comes before another.
     *
     * @param from a node that was known to come before {@code to}, from which it follows; negative if it needs no other
     * @param known how many facts there were before
     */
    private record Fact(int first, int second, Supplier<String> reason, int from, int to, int known) {}

    private final Nodes nodes;
    private final CausalPast before;
    private final Chains chains;
    private final List<Fact> facts = new ArrayList<>();
    private final Map<Long, Integer> numbers = new HashMap<>();

    /** @param before the causes; what is added here is added there */
    CasFacts(Nodes nodes, CausalPast before, Chains chains) {
        this.nodes = nodes;
        this.before = before;
        this.chains = chains;
    }

    /** Adds one that needs no other; nothing if it is known. */
    void add(int first, int second, Supplier<String> reason) {
        add(first, second, reason, History.NONE, History.NONE);
    }

    /** Adds one that follows from what is known of two other nodes; nothing if it is known. */
    void add(int first, int second, Supplier<String> reason, int from, int to) {
        if (!before.isBefore(first, second)) {
            before.add(first, second);
            numbers.put(pair(first, second), facts.size());
            facts.add(new Fact(first, second, reason, from, to, facts.size()));
        }
    }

    /** As below, of one that needs no other. */
    List<String> against(int first, int second, Supplier<String> reason) {
        return against(first, second, reason, History.NONE, History.NONE);
    }

    /** The facts that lead to one that cannot be, as the second is known to come before the first; and that one, last. */
    List<String> against(int first, int second, Supplier<String> reason, int from, int to) {
        Fact last = new Fact(first, second, reason, from, to, facts.size());
        List<Integer> back = path(second, first, facts.size());
        BitSet needed = new BitSet();
        List<Fact> open = new ArrayList<>(List.of(last));
        needFacts(back, facts.size(), needed, open);
        while (!open.isEmpty()) {
            Fact fact = open.remove(open.size() - 1);
            if (fact.from() >= 0) {
                needFacts(path(fact.from(), fact.to(), fact.known()), fact.known(), needed, open);
            }
        }
        List<Fact> told = new ArrayList<>();
        needed.stream().forEach(i -> told.add(facts.get(i)));
        told.add(last);
        List<String> rows = rows(told);
        int left = Math.max(0, rows.size() - MOST_TOLD);
        List<String> all = new ArrayList<>(rows.subList(left, rows.size()));
        if (left > 0) {
            all.add(0, "after " + left + (left == 1 ? " fact" : " facts") + " that are not told");
        }
        all.set(
                all.size() - 1,
                all.get(all.size() - 1) + ", but " + name(second) + " comes before " + name(first)
                        + because(back, facts.size()));
        return all;
    }

    /** Each fact in words; those of a chain of cas, of which each follows from the one before it, in one row. */
    private List<String> rows(List<Fact> told) {
        List<String> rows = new ArrayList<>();
        for (int i = 0, end; i < told.size(); i = end) {
            Fact begin = told.get(i);
            List<String> more = new ArrayList<>();
            for (end = i + 1; end < told.size() && extendsChain(told.get(end - 1), told.get(end)); end++) {
                Fact next = told.get(end);
                more.add(name(next.second() == begin.second() ? next.first() : next.second()));
            }
            boolean after = end > i + 1 && told.get(end - 1).second() == begin.second();
            rows.add(begin.reason().get()
                    + (begin.from() < 0 ? "" : because(path(begin.from(), begin.to(), begin.known()), begin.known()))
                    + (more.isEmpty()
                            ? ""
                            : ", and so " + (after ? "after " : "before ") + some(more)
                                    + (after
                                            ? ", as each replaced the one before it"
                                            : ", as each was replaced by the one before it")));
        }
        return rows;
    }

    /** Whether a fact is that of the next, or the previous, cas of a chain, on the same side of it. */
    private boolean extendsChain(Fact fact, Fact next) {
        return next.from() == fact.first()
                && next.to() == fact.second()
                && (next.second() == fact.second() ? nodes.isCas(next.first()) : next.first() == fact.first());
    }

    private static String some(List<String> names) {
        return names.size() <= MOST_NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMED - 1)) + " and so on to " + names.get(names.size() - 1);
    }

    private void needFacts(List<Integer> path, int known, BitSet needed, List<Fact> open) {
        for (int i = 1; i < path.size(); i++) {
            int fact = factOf(path.get(i - 1), path.get(i), known);
            if (fact >= 0 && !needed.get(fact)) {
                needed.set(fact);
                open.add(facts.get(fact));
            }
        }
    }

    /** The steps that lead from one node to another; nothing where that was just said. */
    private String because(List<Integer> path, int known) {
        return path.size() == 2 && factOf(path.get(0), path.get(1), known) >= 0 ? "" : " (" + tell(path) + ")";
    }

    /** The number of the fact by which one node comes directly before another; {@link History#NONE} if a cause says it. */
    private int factOf(int first, int second, int known) {
        if (before.isCause(first, second)) {
            return History.NONE;
        }
        int fact = numbers.getOrDefault(pair(first, second), known);
        return fact < known ? fact : History.NONE;
    }

    private static long pair(int first, int second) {
        return ((long) first << Integer.SIZE) | second;
    }

    /** A shortest way from one node to another by causes and the first so many facts, both included. */
    private List<Integer> path(int from, int to, int known) {
        int[] cameFrom = new int[nodes.size];
        Arrays.fill(cameFrom, History.NONE);
        List<Integer> queue = new ArrayList<>(List.of(from));
        for (int head = 0; head < queue.size() && cameFrom[to] == History.NONE; head++) {
            int at = queue.get(head);
            for (int next = 0; next < nodes.size; next++) {
                if (next != from
                        && cameFrom[next] == History.NONE
                        && (before.isCause(at, next) || factOf(at, next, known) >= 0)) {
                    cameFrom[next] = at;
                    queue.add(next);
                }
            }
        }
        List<Integer> path = new ArrayList<>();
        for (int at = to; at != from; at = cameFrom[at]) {
            path.add(0, at);
        }
        path.add(0, from);
        return path;
    }

    /** {@code x=1, then in its session x=2, then y=3, which follows from what it saw, then z=4, as shown}. */
    private String tell(List<Integer> path) {
        StringBuilder text = new StringBuilder(name(path.get(0)));
        for (int i = 1; i < path.size(); i++) {
            int first = path.get(i - 1);
            int second = path.get(i);
            if (nodes.sessionOrder(first, second)) {
                text.append(", then in the same session ").append(name(second));
            } else if (before.isCause(first, second)) {
                text.append(", then ").append(name(second)).append(", which had seen that");
            } else {
                text.append(", then ").append(name(second)).append(", as said");
            }
        }
        return text.toString();
    }

    /** {@code x=2}, {@code the read of session 3}. */
    private String name(int node) {
        return nodes.isCas(node) || !nodes.reads(node)
                ? chains.written(node, nodes.writeKey[nodes.writeStart[node]])
                : "the " + chains.noun(node) + " of " + chains.words().session(nodes.operation[node]);
    }
}
