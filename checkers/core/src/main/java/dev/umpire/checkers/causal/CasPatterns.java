package dev.umpire.checkers.causal;

import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Why there is no order of a few writes in which each cas stands directly after what it replaced, in words; as
 * {@link CasOrder} sees it, written for witnesses and not for speed.
 */
final class CasPatterns {
    static final String CONTRADICTORY_CAS = "CONTRADICTORY_CAS";

    private final Nodes nodes;
    private final CausalPast before;
    private final IntPredicate bound;
    private final Chains chains;
    private final CasFacts facts;

    /**
     * Of these nodes.
     *
     * @param before an order that every order of all writes extends; more is added to it
     * @param bound the nodes of which every read returns the latest write before it
     */
    CasPatterns(Nodes nodes, CausalPast before, IntPredicate bound) {
        this.nodes = nodes;
        this.before = before;
        this.bound = bound;
        chains = new Chains(nodes);
        facts = new CasFacts(nodes, before, chains);
    }

    /** Adds that one write comes before another, for a reason that stands by itself; nothing if that is known. */
    void add(int first, int second, Supplier<String> reason) {
        facts.add(first, second, reason);
    }

    Optional<Violation> find() {
        return new Replacements(nodes, bound).any()
                ? fork().or(this::ring).or(this::lists).or(this::circle)
                : Optional.empty();
    }

    /** A list that a bound node read has its elements in their order, and all other appends come later. */
    private Optional<Violation> lists() {
        for (int v = 0; v < nodes.size; v++) {
            for (int r = nodes.readStart[v]; bound.test(v) && r < nodes.readStart[v + 1]; r = nodes.endOfRead(r)) {
                Optional<Violation> found = nodes.isList(nodes.readKey[r]) ? list(v, r) : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Violation> list(int reader, int first) {
        int key = nodes.readKey[first];
        for (int r = first; r < nodes.endOfRead(first) && nodes.readSource[r] >= 0; r++) {
            int element = nodes.readSource[r];
            int previous = r == first ? element : nodes.readSource[r - 1];
            Optional<Violation> found = order(
                    previous,
                    r == first ? reader : element,
                    () -> previous == element
                            ? chains.read(first)
                            : chains.written(previous, key) + " must come before " + chains.written(element, key)
                                    + ", as " + chains.read(first));
            if (found.isPresent()) {
                return found;
            }
        }
        for (int u = 0; u < nodes.size; u++) {
            if (u != reader && nodes.writes(u, key) && !nodes.isElement(u, first)) {
                int other = u;
                Optional<Violation> found = order(
                        reader,
                        u,
                        () -> chains.written(other, key) + " must come after that read, which lacks it: "
                                + chains.read(first));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Adds that one comes before another, or finds that it cannot. */
    private Optional<Violation> order(int first, int second, Supplier<String> reason) {
        if (before.isBefore(second, first)) {
            return Optional.of(violation(() -> facts.against(first, second, reason)));
        }
        facts.add(first, second, reason);
        return Optional.empty();
    }

    /** Two cas that replaced one value. */
    private Optional<Violation> fork() {
        Replacements replaced = new Replacements(nodes, bound);
        for (Replacements.Fork fork : replaced.forks) {
            int key = replaced.key(fork.version());
            int source = replaced.writer(fork.version());
            List<Integer> all = new ArrayList<>(List.of(fork.one(), fork.other()));
            if (source >= 0) {
                all.add(0, source);
            }
            return Optional.of(new Violation(
                    CONTRADICTORY_CAS,
                    key,
                    chains.wrote(fork.one(), key) + ", " + chains.wrote(fork.other(), key) + ": both replaced "
                            + (source >= 0 ? chains.written(source, key) : "the initial value")
                            + ", and only one of them can have",
                    all));
        }
        return Optional.empty();
    }

    /** Operations of which each comes after the one before it anyway. */
    private Optional<Violation> ring() {
        List<Integer> best = List.of();
        for (int v = 0; v < nodes.size; v++) {
            List<Integer> ring = before.isBefore(v, v) ? before.chain(v, v) : List.of();
            best = best.isEmpty() || (!ring.isEmpty() && ring.size() < best.size()) ? ring : best;
        }
        if (best.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> ring = best.subList(0, best.size() - 1);
        return Optional.of(new Violation(
                CONTRADICTORY_CAS,
                History.NONE,
                ring.stream().map(this::deed).collect(Collectors.joining(", "))
                        + ": each replaced or returned what the one before it wrote, or came after it in its session, and"
                        + " the first did so with the last",
                ring));
    }

    private String deed(int node) {
        return nodes.writes(node)
                ? chains.wrote(node, nodes.writeKey[nodes.writeStart[node]])
                : chains.read(nodes.readStart[node]);
    }

    private Optional<Violation> circle() {
        boolean more = true;
        while (more) {
            more = false;
            for (int reader = 0; reader < nodes.size; reader++) {
                if (!nodes.isCas(reader) && !bound.test(reader)) {
                    continue;
                }
                for (int r = nodes.readStart[reader]; r < nodes.readStart[reader + 1]; r++) {
                    for (int other = 0; other < nodes.size && !nodes.isList(nodes.readKey[r]); other++) {
                        if (other == reader || other == nodes.readSource[r] || !nodes.writes(other, nodes.readKey[r])) {
                            continue;
                        }
                        int first = beforeOther(r, other);
                        int second = first == other ? nodes.readSource[r] : other;
                        if (first == Nodes.INITIAL || before.isBefore(first, second)) {
                            continue;
                        }
                        int read = r;
                        int write = other;
                        Supplier<String> reason = () -> reason(read, write, first == write);
                        int from = first == other ? other : nodes.readSource[r];
                        int to = first == other ? reader : other;
                        if (before.isBefore(second, first)) {
                            return Optional.of(violation(() -> facts.against(first, second, reason, from, to)));
                        }
                        facts.add(first, second, reason, from, to);
                        more = true;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Which must come first: the reader, the other write of its key, or {@link Nodes#INITIAL} if that is not known. */
    private int beforeOther(int r, int other) {
        int source = nodes.readSource[r];
        int reader = nodes.reader[r];
        if (source == Nodes.INITIAL || before.isBefore(source, other)) {
            return reader;
        }
        return before.isBefore(other, reader) ? other : Nodes.INITIAL;
    }

    private String reason(int r, int other, boolean otherFirst) {
        int key = nodes.readKey[r];
        int source = nodes.readSource[r];
        int reader = nodes.reader[r];
        boolean replaces = nodes.writes(reader, key);
        String deed = replaces ? chains.wrote(reader, key) : chains.read(r);
        String found = source == Nodes.INITIAL ? "the initial value" : chains.written(source, key);
        if (otherFirst) {
            return chains.written(other, key) + " must come before " + found + ", as it comes before what "
                    + (replaces ? "replaced" : "returned") + " that (" + deed + ")";
        }
        return chains.written(other, key) + " must come after what " + (replaces ? "replaced " : "returned ") + found
                + (source == Nodes.INITIAL ? "" : ", as it comes after that") + " (" + deed + ")";
    }

    /** Of nodes of which it was shown that they have no order, but not by facts that follow one from another. */
    static Violation untold(Nodes nodes) {
        return new Violation(
                CONTRADICTORY_CAS,
                History.NONE,
                "there is no one order of all writes in which each cas stands directly after what it replaced, among what these "
                        + nodes.size + " operations did",
                all(nodes));
    }

    private static List<Integer> all(Nodes nodes) {
        List<Integer> all = new ArrayList<>();
        for (int v = 0; v < nodes.size; v++) {
            all.add(v);
        }
        return all;
    }

    private Violation violation(Supplier<List<String>> told) {
        return new Violation(
                CONTRADICTORY_CAS,
                History.NONE,
                () -> "there is no one order of all writes in which each cas stands directly after what it replaced: "
                        + String.join("; ", told.get()),
                all(nodes));
    }
}
