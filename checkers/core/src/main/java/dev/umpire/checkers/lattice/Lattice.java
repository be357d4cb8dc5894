package dev.umpire.checkers.lattice;

import dev.umpire.checkers.verdict.WriteOrder;
import java.util.List;
import java.util.Set;

/**
 * Who implies whom: a history that keeps the stronger guarantee keeps the weaker one too, where both were judged by the same
 * source of the order of writes.
 *
 * <p>Sources: Viotti and Vukolić, <i>Consistency in Non-Transactional Distributed Storage Systems</i>, ACM CSUR 49(1), 2016;
 * Bouajjani, Enea, Guerraoui and Hamza, <i>On Verifying Causal Consistency</i>, POPL 2017. A sequential store may order writes
 * against real time; so what is judged under the real-time write order does not follow from it.
 */
public final class Lattice {
    private static final Set<WriteOrder> ANY = Set.of(WriteOrder.values());
    private static final Set<WriteOrder> WITHOUT_TIME = Set.of(WriteOrder.SESSION, WriteOrder.NONE);

    /**
     * One implication that does not follow from others.
     *
     * @param stronger as on the command line
     * @param weaker as on the command line
     * @param under the assumptions under which it holds
     */
    public record Implication(String stronger, String weaker, Set<WriteOrder> under) {
        public Implication {
            under = Set.copyOf(under);
        }
    }

    private static final List<Implication> IMPLICATIONS = List.of(
            new Implication("linearizable", "sequential", ANY),
            new Implication("linearizable", "strict-consistent-prefix", ANY),
            new Implication("linearizable", "monotonic-prefix", ANY),
            new Implication("linearizable", "bounded-staleness:0ms", ANY),
            new Implication("linearizable", "read-your-writes", ANY),
            new Implication("linearizable", "monotonic-reads", ANY),
            new Implication("linearizable", "monotonic-writes", ANY),
            new Implication("linearizable", "writes-follow-reads", ANY),
            new Implication("sequential", "causal-memory", ANY),
            new Implication("sequential", "causal-convergence", ANY),
            new Implication("sequential", "monotonic-prefix", WITHOUT_TIME),
            new Implication("sequential", "read-your-writes", WITHOUT_TIME),
            new Implication("sequential", "monotonic-reads", WITHOUT_TIME),
            new Implication("sequential", "monotonic-writes", WITHOUT_TIME),
            new Implication("sequential", "writes-follow-reads", WITHOUT_TIME),
            new Implication("causal-memory", "causal", ANY),
            new Implication("causal-memory", "pram", ANY),
            new Implication("causal-convergence", "causal", ANY),
            new Implication("causal-convergence", "read-your-writes", WITHOUT_TIME),
            new Implication("causal-convergence", "monotonic-reads", WITHOUT_TIME),
            new Implication("causal-convergence", "monotonic-writes", WITHOUT_TIME),
            new Implication("causal-convergence", "writes-follow-reads", WITHOUT_TIME),
            new Implication("monotonic-prefix", "consistent-prefix", ANY),
            new Implication("strict-consistent-prefix", "consistent-prefix", ANY));

    private Lattice() {}

    /** Those from which all others follow. */
    public static List<Implication> implications() {
        return IMPLICATIONS;
    }

    /** Whether the first, another guarantee than the second, implies it under this assumption. */
    public static boolean implies(String stronger, String weaker, WriteOrder order) {
        for (Implication one : IMPLICATIONS) {
            if (one.stronger().equals(stronger)
                    && one.under().contains(order)
                    && (one.weaker().equals(weaker) || implies(one.weaker(), weaker, order))) {
                return true;
            }
        }
        return false;
    }

    /** How many implications lie below a guarantee at most, under any assumption; 0 for one that implies none. */
    public static int height(String guarantee) {
        int height = 0;
        for (Implication one : IMPLICATIONS) {
            if (one.stronger().equals(guarantee)) {
                height = Math.max(height, 1 + height(one.weaker()));
            }
        }
        return height;
    }
}
