package dev.umpire.checkers.causal;

import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
    private static final int MOST_SEQUENCES = 5_000;

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
        return causal ? new Patterns(nodes).find(false).or(this::session) : session();
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
                                return Optional.of(lacking(read, u, key, because));
                            }
                            continue;
                        }
                        if (source == Nodes.INITIAL) {
                            return Optional.of(initial(read, u, key, because));
                        }
                        if (before.isBefore(source, u)) {
                            return Optional.of(circle(read, source, u, key, because));
                        }
                        if (!before.isBefore(u, source)) {
                            before.add(u, source);
                            because.add(reason(read, source, u, key));
                            more = true;
                        }
                    }
                }
            }
        }
        for (int v = 0; v < nodes.size; v++) {
            if (before.isBefore(v, v)) {
                return Optional.of(new Violation(
                        CYCLIC_HB,
                        History.NONE,
                        intro(sequence[0]) + "what each follows from leads in a circle through "
                                + chains.words().deed(nodes.operation[v]) + also(because),
                        all(sequence[sequence.length - 1])));
            }
        }
        return Optional.empty();
    }

    private Violation lacking(int read, int u, int key, Set<String> because) {
        return new Violation(
                LIST_HB_READ,
                key,
                intro(read) + chains.read(read, key) + ", without " + chains.written(u, key)
                        + ", which must come before that read (" + chains.wrote(u, key) + ")" + also(because),
                all(read));
    }

    private Violation initial(int read, int u, int key, Set<String> because) {
        return new Violation(
                WRITE_HB_INIT_READ,
                key,
                intro(read) + chains.read(read, key) + ", the initial value, but " + chains.written(u, key)
                        + " must come before that read (" + chains.wrote(u, key) + ")" + also(because),
                all(read));
    }

    private Violation circle(int read, int source, int u, int key, Set<String> because) {
        return new Violation(
                CYCLIC_HB,
                key,
                intro(read) + chains.read(read, key) + ", but " + chains.written(u, key)
                        + " must come after what it returned and before that read (" + chains.wrote(source, key) + "; "
                        + chains.wrote(u, key) + ")" + also(because),
                all(read));
    }

    private String intro(int read) {
        return "no one order of all writes explains what " + chains.words().session(nodes.operation[read]) + " read: ";
    }

    private String reason(int read, int source, int u, int key) {
        return chains.written(u, key) + " must come before " + chains.written(source, key) + ", as "
                + chains.read(read, key) + ", with " + chains.written(u, key) + " before it";
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
