package dev.umpire.checkers.causal;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the witness of an anomaly: of nodes that suffice to show one, those that cannot be left out.
 *
 * <p>What is left out takes with it the reads that returned it and the unknown outcomes that nobody else saw
 * ({@link Nodes#part}).
 */
final class Witnesses {
    /** More nodes than these are not tried one by one. */
    private static final int MOST = 256;
    /** What all tries together may take, of which one takes the third power of its nodes: a few seconds. */
    private static final long MOST_WORK = 300_000_000;

    private final Nodes nodes;
    private final Function<Nodes, Optional<Violation>> find;

    /**
     * Witnesses of one guarantee.
     *
     * @param find finds a violation of it in a history of few operations
     */
    Witnesses(Nodes nodes, Function<Nodes, Optional<Violation>> find) {
        this.nodes = nodes;
        this.find = find;
    }

    /** A smallest part of these nodes in which there is a violation still; empty if there is none in all of them. */
    int[] shrink(int[] some) {
        int[] least = Arrays.stream(some).sorted().distinct().toArray();
        if (least.length > MOST) {
            return least;
        }
        Optional<Violation> found = find.apply(nodes.part(least));
        if (found.isEmpty()) {
            return new int[0];
        }
        least = original(found.get(), least);
        long work = 0;
        for (int i = 0; i < least.length && work < MOST_WORK; i++) {
            int leftOut = least[i];
            work += (long) least.length * least.length * least.length;
            int[] fewer = Arrays.stream(least).filter(v -> v != leftOut).toArray();
            Optional<Violation> still = find.apply(nodes.part(fewer));
            if (still.isPresent()) {
                least = original(still.get(), fewer);
                i = -1;
            }
        }
        return least;
    }

    /** As {@link #shrink}; all of these nodes where no violation is found in them. */
    int[] shrinkOrAll(int[] some) {
        int[] least = shrink(some);
        return least.length > 0
                ? least
                : Arrays.stream(some).sorted().distinct().toArray();
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

    /** The anomaly that these nodes show. */
    Anomaly anomaly(int[] witness) {
        return anomaly(
                witness,
                part -> find.apply(part)
                        .orElseThrow(
                                () -> new IllegalStateException("witness: found no violation in it, expected one")));
    }

    /**
     * The anomaly that these nodes show.
     *
     * @param otherwise what is told of a part that is too large to be looked through, or in which nothing is found that can be
     *     told in a few words
     */
    Anomaly anomaly(int[] witness, Function<Nodes, Violation> otherwise) {
        Nodes part = nodes.part(witness);
        Violation violation = (witness.length > MOST ? Optional.<Violation>empty() : find.apply(part))
                .orElseGet(() -> otherwise.apply(part));
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
