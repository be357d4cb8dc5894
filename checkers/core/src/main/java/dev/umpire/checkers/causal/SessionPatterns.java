package dev.umpire.checkers.causal;

import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The bad patterns of a session's happens-before (Bouajjani et al., POPL 2017, table 2) in a history of a few operations,
 * and what they are in words; written for witnesses, not for speed.
 */
final class SessionPatterns {
    static final String WRITE_HB_INIT_READ = "WRITE_HB_INIT_READ";
    static final String CYCLIC_HB = "CYCLIC_HB";
    /** A list without an append that must come before its read. */
    static final String LIST_HB_READ = "LIST_HB_READ";

    /** Sequences of overlapping reads that are tried. */
    private static final int MOST_SEQUENCES = 10_000;

    private final Nodes nodes;
    private final boolean causal;
    private final Chains chains;

    SessionPatterns(Nodes nodes, boolean causal) {
        this.nodes = nodes;
        this.causal = causal;
        chains = new Chains(nodes);
    }

    /** A pattern of the first kind that there is. */
    Optional<Violation> find() {
        return (causal ? new Patterns(nodes).find(false).or(this::session) : session()).or(this::replacement);
    }

    /** In the order of a session, a cas of another that does not directly follow what it replaced. */
    private Optional<Violation> replacement() {
        for (int s = 0; s < nodes.history.sessionCount(); s++) {
            int session = s;
            if (ReadSequences.readsOf(nodes, session).length > 0) {
                CausalPast before = new CausalPast(nodes, v -> causal || nodes.isCas(v) || nodes.session(v) == session);
                Optional<Violation> found =
                        new CasPatterns(nodes, before, v -> nodes.session(v) == session && nodes.reads(v)).find();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Violation> session() {
        for (int s = 0; s < nodes.history.sessionCount(); s++) {
            int[] reads = ReadSequences.readsOf(nodes, s);
            if (reads.length > 0
                    && ReadSequences.any(
                                    nodes,
                                    reads,
                                    MOST_SEQUENCES,
                                    sequence -> broken(sequence).isEmpty())
                            == ReadSequences.Found.NONE) {
                return broken(reads);
            }
        }
        return Optional.empty();
    }

    private Optional<Violation> broken(int[] sequence) {
        int session = nodes.session(sequence[0]);
        CausalPast before = new CausalPast(nodes, v -> causal || nodes.session(v) == session);
        for (int i = 1; i < sequence.length; i++) {
            before.add(sequence[i - 1], sequence[i]);
        }
        for (int read : sequence) {
            for (int r = nodes.readStart[read]; r < nodes.readStart[read + 1]; r++) {
                if (nodes.readPlace[r] > 0) {
                    before.add(nodes.readSource[r - 1], nodes.readSource[r]);
                }
            }
        }
        Set<String> because = new LinkedHashSet<>();
        Map<List<Integer>, String> derived = new HashMap<>();
        boolean more = true;
        while (more) {
            more = false;
            for (int read : sequence) {
                for (int r = nodes.readStart[read]; r < nodes.readStart[read + 1]; r = nodes.endOfRead(r)) {
                    for (int u = 0; u < nodes.size; u++) {
                        int source = nodes.readSource[r];
                        int key = nodes.readKey[r];
                        if (u == source || !nodes.writes(u, key) || !before.isBefore(u, read)) {
                            continue;
                        }
                        if (nodes.isList(key)) {
                            if (!nodes.isElement(u, r)) {
                                return Optional.of(lacking(r, u, before, because));
                            }
                            continue;
                        }
                        if (source == Nodes.INITIAL) {
                            return Optional.of(initial(r, u, before, because));
                        }
                        if (before.isBefore(source, u)) {
                            return Optional.of(circle(r, u, before, because));
                        }
                        if (!before.isBefore(u, source)) {
                            before.add(u, source);
                            because.add(reason(r, u));
                            derived.put(List.of(u, source), reason(r, u));
                            more = true;
                        }
                    }
                }
            }
        }
        List<Integer> circle = List.of();
        for (int v = 0; v < nodes.size; v++) {
            if (before.isBefore(v, v)) {
                List<Integer> through = circle(v, before, sequence, derived);
                circle = circle.isEmpty() || through.size() < circle.size() ? through : circle;
            }
        }
        if (circle.isEmpty()) {
            return Optional.empty();
        }
        List<String> facts = new ArrayList<>();
        for (int i = 0; i < circle.size(); i++) {
            int next = circle.get((i + 1) % circle.size());
            facts.add(fact(circle.get(i), next, before, sequence, derived).orElseThrow());
        }
        return Optional.of(new Violation(
                CYCLIC_HB,
                History.NONE,
                intro(sequence[0]) + String.join("; ", facts) + ": so each would come before itself",
                all(sequence[sequence.length - 1])));
    }

    /** A shortest way from a node that comes before itself through facts back to it, without the return. */
    private List<Integer> circle(int start, CausalPast before, int[] sequence, Map<List<Integer>, String> derived) {
        int[] cameFrom = new int[nodes.size];
        Arrays.fill(cameFrom, History.NONE);
        List<Integer> queue = new ArrayList<>(List.of(start));
        for (int head = 0; head < queue.size(); head++) {
            int at = queue.get(head);
            for (int next = 0; next < nodes.size; next++) {
                if ((next != start && cameFrom[next] != History.NONE)
                        || fact(at, next, before, sequence, derived).isEmpty()) {
                    continue;
                }
                if (next != start) {
                    cameFrom[next] = at;
                    queue.add(next);
                    continue;
                }
                List<Integer> circle = new ArrayList<>();
                for (int back = at; back != start; back = cameFrom[back]) {
                    circle.add(0, back);
                }
                circle.add(0, start);
                return circle;
            }
        }
        throw new IllegalStateException(
                "node: found no way from " + start + " back to it, expected one, as it comes before" + " itself");
    }

    /** Why one node comes directly before another; empty if nothing says it. */
    private Optional<String> fact(
            int first, int second, CausalPast before, int[] sequence, Map<List<Integer>, String> derived) {
        String known = derived.get(List.of(first, second));
        if (known != null) {
            return Optional.of(known);
        }
        for (int read : sequence) {
            for (int r = nodes.readStart[read]; r < nodes.readStart[read + 1]; r++) {
                if (nodes.readPlace[r] > 0 && nodes.readSource[r - 1] == first && nodes.readSource[r] == second) {
                    int key = nodes.readKey[r];
                    return Optional.of(chains.written(first, key) + " must come before " + chains.written(second, key)
                            + ", as " + chains.read(r));
                }
            }
        }
        if (nodes.sessionOrder(first, second) || follow(first, second, sequence)) {
            return Optional.of(chains.did(first) + ", and later the same session: " + chains.did(second));
        }
        return before.isCause(first, second)
                ? Optional.of(chains.did(first) + ", and so before what read it: " + chains.did(second))
                : Optional.empty();
    }

    private static boolean follow(int first, int second, int[] sequence) {
        for (int i = 1; i < sequence.length; i++) {
            if (sequence[i - 1] == first && sequence[i] == second) {
                return true;
            }
        }
        return false;
    }

    private Violation lacking(int r, int u, CausalPast before, Set<String> because) {
        int read = nodes.reader[r];
        int key = nodes.readKey[r];
        return new Violation(
                LIST_HB_READ,
                key,
                intro(read) + chains.read(r) + ", without " + chains.written(u, key)
                        + ", which must come before that read (" + way(u, read, key, before) + ")" + also(because),
                all(read));
    }

    private Violation initial(int r, int u, CausalPast before, Set<String> because) {
        int read = nodes.reader[r];
        int key = nodes.readKey[r];
        return new Violation(
                WRITE_HB_INIT_READ,
                key,
                intro(read) + chains.read(r) + ", the initial value, but " + chains.written(u, key)
                        + " must come before that read (" + way(u, read, key, before) + ")" + also(because),
                all(read));
    }

    private Violation circle(int r, int u, CausalPast before, Set<String> because) {
        int read = nodes.reader[r];
        int key = nodes.readKey[r];
        return new Violation(
                CYCLIC_HB,
                key,
                intro(read) + chains.read(r) + ", but " + chains.written(u, key)
                        + " must come after what it returned and before that read ("
                        + chains.wrote(nodes.readSource[r], key) + "; "
                        + way(u, read, key, before) + ")" + also(because),
                all(read));
    }

    /** The write, and the steps from it to the read where they are causes. */
    private String way(int write, int read, int key, CausalPast before) {
        List<Integer> chain = before.chain(write, read);
        return chain.isEmpty() ? chains.wrote(write, key) : chains.toKnown(chain, key);
    }

    private String intro(int read) {
        boolean overlap = ReadSequences.overlaps(nodes, ReadSequences.readsOf(nodes, nodes.session(read))) > 0;
        return "no one order of all writes explains what " + chains.words().session(nodes.operation[read]) + " read"
                + (overlap
                        ? ", in whatever sequence its reads that overlap took place; in that in which they completed: "
                        : ": ");
    }

    private String reason(int r, int u) {
        int key = nodes.readKey[r];
        return chains.written(u, key) + " must come before " + chains.written(nodes.readSource[r], key) + ", as "
                + chains.read(r) + ", with " + chains.written(u, key) + " before it";
    }

    private static String also(Set<String> because) {
        return because.isEmpty() ? "" : ", since " + String.join("; and ", because);
    }

    private List<Integer> all(int last) {
        List<Integer> all = new ArrayList<>();
        for (int v = 0; v < nodes.size; v++) {
            if (v != last) {
                all.add(v);
            }
        }
        all.add(last);
        return all;
    }
}
