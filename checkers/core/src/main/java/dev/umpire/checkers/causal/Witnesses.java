package dev.umpire.checkers.causal;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes the witness of an anomaly: of nodes that suffice to show one, those that cannot be left out.
 *
 * <p>What is left out takes with it the reads that returned it and the unknown outcomes that nobody else saw
 * ({@link Nodes#part}).
 */
final class Witnesses {
    /** More nodes than these are not tried one by one. */
    private static final int MOST = 256;

    /** How many parts of a larger set are tried. */
    private static final int PARTS = 300;

    private final Nodes nodes;
    private final Function<Nodes, Optional<Violation>> find;
    private final Predicate<Nodes> broken;

    /**
     * Witnesses of one guarantee.
     *
     * @param find finds a violation of it in a history of few operations
     * @param broken whether the guarantee is broken, for any history; may say no if that is costly to find out
     */
    Witnesses(Nodes nodes, Function<Nodes, Optional<Violation>> find, Predicate<Nodes> broken) {
        this.nodes = nodes;
        this.find = find;
        this.broken = broken;
    }

    /**
     * A smallest part of these nodes in which there is a violation still; empty if there is none in all of them. What
     * remains too large is not made smaller.
     */
    int[] shrink(int[] some) {
        int[] least = coarse(Arrays.stream(some).sorted().distinct().toArray());
        if (least.length > MOST) {
            return least;
        }
        Optional<Violation> found = find.apply(nodes.part(least));
        if (found.isEmpty()) {
            return new int[0];
        }
        least = original(found.get(), least);
        for (int i = 0; i < least.length; i++) {
            int leftOut = least[i];
            int[] fewer = Arrays.stream(least).filter(v -> v != leftOut).toArray();
            Optional<Violation> still = find.apply(nodes.part(fewer));
            if (still.isPresent()) {
                least = original(still.get(), fewer);
                i = -1;
            }
        }
        return least;
    }

    /** Leaves out as much as a few trials with large pieces allow. */
    private int[] coarse(int[] all) {
        int[] least = all;
        int trials = 0;
        for (int piece = all.length / 2; piece > 0 && least.length > MOST; piece /= 2) {
            int from = 0;
            while (from < least.length && least.length > MOST) {
                if (++trials > PARTS) {
                    return least;
                }
                int[] fewer = Arrays.copyOf(least, least.length - Math.min(piece, least.length - from));
                System.arraycopy(least, from + least.length - fewer.length, fewer, from, fewer.length - from);
                if (broken.test(nodes.part(fewer))) {
                    least = fewer;
                } else {
                    from += piece;
                }
            }
        }
        return least;
    }

    /** The nodes of the violation, which was found in the part that these make. */
    private int[] original(Violation violation, int[] some) {
        Nodes part = nodes.part(some);
        return violation.nodes().stream()
                .mapToInt(v -> nodeOf(part.operation[v]))
                .sorted()
                .toArray();
    }

    private int nodeOf(int operation) {
        return Arrays.binarySearch(nodes.operation, operation);
    }

    /**
     * The anomaly that these nodes show.
     *
     * @param kind what it is called if there are too many nodes to be sure
     */
    Anomaly anomaly(int[] witness, String kind) {
        if (witness.length > MOST) {
            Words words = Words.of(nodes.history);
            int first = nodes.operation[witness[0]];
            int last = nodes.operation[witness[witness.length - 1]];
            return new Anomaly(
                    kind,
                    "",
                    "a chain of " + Words.number(witness.length)
                            + " operations, too long to be told, which begins where "
                            + words.session(first) + " " + words.deed(first) + " (" + words.span(first)
                            + ") and ends where " + words.session(last) + " " + words.deed(last) + " ("
                            + words.span(last) + ", " + words.ending(last) + ")",
                    Arrays.stream(witness).mapToObj(v -> nodes.operation[v]).toList());
        }
        Nodes part = nodes.part(witness);
        Violation violation = find.apply(part)
                .orElseThrow(() -> new IllegalStateException("witness: found no violation in it, expected one"));
        String key =
                violation.key() == History.NONE ? "" : Words.of(nodes.history).key(violation.key());
        List<Integer> operations =
                violation.nodes().stream().map(v -> part.operation[v]).toList();
        return new Anomaly(violation.kind(), key, violation.sentence(), operations);
    }

    /** How far apart the nodes are, in positions of the recording. */
    long distance(int[] witness) {
        long first = Long.MAX_VALUE;
        long last = 0;
        for (int v : witness) {
            first = Math.min(first, nodes.invoked(v));
            last = Math.max(last, nodes.invoked(v));
        }
        return last - first;
    }
}
