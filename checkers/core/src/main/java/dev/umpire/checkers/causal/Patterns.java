package dev.umpire.checkers.causal;

import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The bad patterns of causal consistency (Bouajjani, Enea, Guerraoui, Hamza, <i>On Verifying Causal Consistency</i>, POPL
 * 2017, table 2) in a history of a few operations, and what they are in words; written for witnesses, not for speed.
 */
final class Patterns {
    static final String CYCLIC_CO = "CYCLIC_CO";
    static final String WRITE_CO_INIT_READ = "WRITE_CO_INIT_READ";
    static final String WRITE_CO_READ = "WRITE_CO_READ";
    /** A list without an append of its past, or in an order against that of causes. */
    static final String LIST_CO_READ = "LIST_CO_READ";
    /** The reads of one operation that cannot all be right at once, although each can. */
    static final String WRITE_CO_SNAPSHOT = "WRITE_CO_SNAPSHOT";

    static final String CYCLIC_CF = "CYCLIC_CF";

    /**
     * The write {@code earlier} is in the past of a read that returned {@code later}, of the same key; or they stand so in a
     * list.
     *
     * @param read the read by its place among those of all nodes
     */
    private record Conflict(int earlier, int later, int reader, int key, int read) {}

    private final Nodes nodes;
    private final CausalPast past;
    private final Chains chains;

    Patterns(Nodes nodes) {
        this.nodes = nodes;
        past = new CausalPast(nodes, v -> true);
        chains = new Chains(nodes);
    }

    /**
     * A smallest pattern of the first kind that there is.
     *
     * @param convergence whether one order of all writes is asked for
     */
    Optional<Violation> find(boolean convergence) {
        return cycle().or(this::initialRead)
                .or(this::overwrittenRead)
                .or(this::snapshot)
                .or(() -> convergence ? arbitration().or(this::replacement) : Optional.empty());
    }

    private Optional<Violation> replacement() {
        CasPatterns cas = new CasPatterns(nodes, new CausalPast(nodes, v -> true), v -> false);
        for (Conflict one : conflicts()) {
            cas.add(one.earlier(), one.later(), () -> mustComeBefore(one));
        }
        return cas.find();
    }

    private Optional<Violation> cycle() {
        List<Integer> best = List.of();
        for (int v = 0; v < nodes.size; v++) {
            if (past.isBefore(v, v)) {
                List<Integer> cycle = past.chain(v, v);
                best = shorter(best, cycle);
            }
        }
        if (best.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> cycle = best.subList(0, best.size() - 1);
        StringBuilder text = new StringBuilder("operations that are causes of one another, in a circle: ");
        int key = History.NONE;
        for (int i = 0; i < cycle.size(); i++) {
            int node = cycle.get(i);
            int before = cycle.get((i + cycle.size() - 1) % cycle.size());
            int after = cycle.get((i + 1) % cycle.size());
            int readKey = chains.keyReadFrom(before, node);
            int writtenKey = chains.keyReadFrom(node, after);
            key = Math.max(readKey, writtenKey);
            text.append(i == 0 ? "" : readKey >= 0 ? "; " : "; after that ")
                    .append(
                            writtenKey >= 0
                                    ? chains.wrote(node, writtenKey)
                                    : chains.readFromNode(node, readKey, before));
        }
        text.append(". Each returned what the one before it wrote or came after it in its session,")
                .append(" and the first did so with the last");
        return Optional.of(new Violation(CYCLIC_CO, cycle.size() == 2 ? key : History.NONE, text.toString(), cycle));
    }

    private static List<Integer> shorter(List<Integer> best, List<Integer> other) {
        return best.isEmpty() || other.size() < best.size() ? other : best;
    }

    private Optional<Violation> initialRead() {
        List<Integer> best = List.of();
        int key = History.NONE;
        int found = 0;
        for (int r = 0; r < nodes.readKey.length; r = nodes.endOfRead(r)) {
            boolean whole = nodes.readSource[r] == Nodes.INITIAL || nodes.isList(nodes.readKey[r]);
            for (int u = 0; u < nodes.size && whole; u++) {
                if (nodes.writes(u, nodes.readKey[r]) && !nodes.isElement(u, r) && past.isBefore(u, nodes.reader[r])) {
                    List<Integer> chain = past.chain(u, nodes.reader[r]);
                    if (shorter(best, chain) == chain) {
                        best = chain;
                        key = nodes.readKey[r];
                        found = r;
                    }
                }
            }
        }
        if (best.isEmpty()) {
            return Optional.empty();
        }
        if (nodes.isList(key)) {
            String lacking = chains.read(found) + ", without " + chains.written(best.get(0), key)
                    + ", which is in its causal past: " + chains.toKnown(best, key);
            return Optional.of(new Violation(LIST_CO_READ, key, lacking, best));
        }
        String sentence = chains.read(found) + ", the initial value, although " + chains.written(best.get(0), key)
                + " is in its causal past: " + chains.toKnown(best, key);
        return Optional.of(new Violation(WRITE_CO_INIT_READ, key, sentence, best));
    }

    private Optional<Violation> overwrittenRead() {
        List<Integer> best = List.of();
        Conflict found = new Conflict(0, 0, 0, History.NONE, 0);
        for (Conflict conflict : conflicts()) {
            if (past.isBefore(conflict.later(), conflict.earlier())) {
                List<Integer> chain = overwriting(conflict);
                if (shorter(best, chain) == chain) {
                    best = chain;
                    found = conflict;
                }
            }
        }
        if (best.isEmpty()) {
            return Optional.empty();
        }
        int key = found.key();
        if (nodes.isList(key)) {
            String against = chains.read(found.read()) + ", with " + chains.written(found.earlier(), key)
                    + " before " + chains.written(found.later(), key) + ", which is a cause of it: "
                    + chains.toWrite(past.chain(found.later(), found.earlier()), key, key);
            return Optional.of(new Violation(LIST_CO_READ, key, against, best));
        }
        String sentence = chains.read(found.read()) + ", although in its causal past "
                + chains.written(found.earlier(), key) + " had replaced it: "
                + chains.toWrite(past.chain(found.later(), found.earlier()), key, key)
                + chains.toKnown(past.chain(found.earlier(), found.reader()), key)
                        .substring(chains.wrote(found.earlier(), key).length());
        return Optional.of(new Violation(WRITE_CO_READ, key, sentence, best));
    }

    private List<Integer> overwriting(Conflict conflict) {
        return told(List.of(
                past.chain(conflict.later(), conflict.earlier()), past.chain(conflict.earlier(), conflict.reader())));
    }

    /** All nodes of the chains, each where it is told last. */
    private static List<Integer> told(List<List<Integer>> chains) {
        List<Integer> all = new ArrayList<>();
        chains.forEach(all::addAll);
        LinkedHashSet<Integer> lastFirst = new LinkedHashSet<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            lastFirst.add(all.get(i));
        }
        List<Integer> nodes = new ArrayList<>(lastFirst);
        java.util.Collections.reverse(nodes);
        return nodes;
    }

    private List<Conflict> conflicts() {
        List<Conflict> conflicts = new ArrayList<>();
        for (int r = 0; r < nodes.readKey.length; r++) {
            if (nodes.isList(nodes.readKey[r])) {
                for (int before = r - nodes.readPlace[r]; before < r; before++) {
                    conflicts.add(new Conflict(
                            nodes.readSource[before], nodes.readSource[r], nodes.reader[r], nodes.readKey[r], r));
                }
                continue;
            }
            for (int u = 0; u < nodes.size && nodes.readSource[r] != Nodes.INITIAL; u++) {
                if (u != nodes.readSource[r]
                        && nodes.writes(u, nodes.readKey[r])
                        && past.isBefore(u, nodes.reader[r])) {
                    conflicts.add(new Conflict(u, nodes.readSource[r], nodes.reader[r], nodes.readKey[r], r));
                }
            }
        }
        return conflicts;
    }

    private Optional<Violation> snapshot() {
        List<Conflict> best = List.of();
        for (int v = 0; v < nodes.size; v++) {
            int node = v;
            List<Conflict> cycle = shortestCycle(
                    conflicts().stream().filter(one -> one.reader() == node).toList());
            best = best.isEmpty() || (!cycle.isEmpty() && cycle.size() < best.size()) ? cycle : best;
        }
        if (best.isEmpty()) {
            return Optional.empty();
        }
        int reader = best.get(0).reader();
        List<String> returned =
                best.stream().map(one -> chains.written(one.later(), one.key())).toList();
        return Optional.of(new Violation(
                WRITE_CO_SNAPSHOT,
                History.NONE,
                chains.words().session(nodes.operation[reader]) + " returned " + String.join(" and ", returned)
                        + " together (" + chains.words().span(nodes.operation[reader])
                        + "), which were never there at the same time: " + circle(best),
                nodesOf(best)));
    }

    private Optional<Violation> arbitration() {
        List<Conflict> conflicts = conflicts();
        List<Conflict> cycle = goRound(conflicts) ? shortestCycle(conflicts) : List.of();
        if (cycle.isEmpty()) {
            return Optional.empty();
        }
        boolean oneKey =
                cycle.stream().allMatch(one -> one.key() == cycle.get(0).key());
        return Optional.of(new Violation(
                CYCLIC_CF,
                oneKey ? cycle.get(0).key() : History.NONE,
                "there is no one order of these writes: " + circle(cycle),
                nodesOf(cycle)));
    }

    private String circle(List<Conflict> cycle) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < cycle.size(); i++) {
            Conflict one = cycle.get(i);
            Conflict next = cycle.get((i + 1) % cycle.size());
            parts.add(mustComeBefore(one));
            if (one.later() != next.earlier()) {
                parts.add(chains.written(one.later(), one.key()) + " comes before "
                        + chains.written(next.earlier(), next.key()) + " as its cause ("
                        + chains.toWrite(past.chain(one.later(), next.earlier()), one.key(), next.key()) + ")");
            }
        }
        return String.join("; ", parts);
    }

    private String mustComeBefore(Conflict one) {
        String why = nodes.isList(one.key())
                ? ""
                : " and had " + chains.written(one.earlier(), one.key()) + " in its past ("
                        + chains.toKnown(past.chain(one.earlier(), one.reader()), one.key()) + ")";
        return chains.written(one.earlier(), one.key()) + " must come before " + chains.written(one.later(), one.key())
                + ", as " + chains.read(one.read()) + why;
    }

    private List<Integer> nodesOf(List<Conflict> cycle) {
        List<List<Integer>> all = new ArrayList<>();
        for (int i = 0; i < cycle.size(); i++) {
            Conflict one = cycle.get(i);
            Conflict next = cycle.get((i + 1) % cycle.size());
            if (one.later() != next.earlier()) {
                all.add(past.chain(one.later(), next.earlier()));
            }
            all.add(List.of(one.later()));
        }
        for (Conflict one : cycle) {
            all.add(past.chain(one.earlier(), one.reader()));
        }
        return told(all);
    }

    /** Whether there is a cycle of them, which takes much less than to find the shortest. */
    private boolean goRound(List<Conflict> conflicts) {
        CausalPast all = new CausalPast(nodes, v -> true);
        for (Conflict one : conflicts) {
            if (all.isBefore(one.later(), one.earlier())) {
                return true;
            }
            if (!all.isBefore(one.earlier(), one.later())) {
                all.add(one.earlier(), one.later());
            }
        }
        return false;
    }

    /** Conflicts each of which ends where the next begins, or in its past; the fewest. */
    private List<Conflict> shortestCycle(List<Conflict> conflicts) {
        List<Conflict> best = List.of();
        int[] cameFrom = new int[conflicts.size()];
        for (int start = 0; start < conflicts.size(); start++) {
            Arrays.fill(cameFrom, -1);
            List<Integer> queue = new ArrayList<>(List.of(start));
            for (int head = 0; head < queue.size(); head++) {
                int at = queue.get(head);
                if (follows(conflicts.get(at), conflicts.get(start))) {
                    List<Conflict> cycle = new ArrayList<>();
                    for (int back = at; back != start; back = cameFrom[back]) {
                        cycle.add(0, conflicts.get(back));
                    }
                    cycle.add(0, conflicts.get(start));
                    best = best.isEmpty() || cycle.size() < best.size() ? cycle : best;
                    break;
                }
                for (int next = 0; next < conflicts.size(); next++) {
                    if (next != start && cameFrom[next] < 0 && follows(conflicts.get(at), conflicts.get(next))) {
                        cameFrom[next] = at;
                        queue.add(next);
                    }
                }
            }
        }
        return best;
    }

    private boolean follows(Conflict one, Conflict next) {
        return one.later() == next.earlier() || past.isBefore(one.later(), next.earlier());
    }
}
