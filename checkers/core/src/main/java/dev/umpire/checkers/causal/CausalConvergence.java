package dev.umpire.checkers.causal;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;

/**
 * Causal convergence, which databases call causal+: causal, and all agree on one order of the writes.
 *
 * <p><b>Definition.</b> There is one order of all writes that extends the causal order, and each read returns the last of
 * the writes of its key that are in its causal past, or the initial value if there is none; a list, what was appended in its
 * causal past, in that order. An OK cas stands directly after the write that it replaced among the writes of its key, and first
 * of all if it replaced the initial value. A transaction is one element of the order, with all that it writes: for registers this is
 * transactional causal consistency as in Biswas and Enea, OOPSLA 2019. Source: Bouajjani, Enea,
 * Guerraoui, Hamza, <i>On Verifying Causal Consistency</i>, POPL 2017, where this is CCv; Lloyd et al., <i>Don't Settle for
 * Eventual</i> (COPS), SOSP 2011. Causal order, unknown outcomes and faulty reads as in {@link Causal}.
 *
 * <p><b>Algorithm.</b> A write in the past of a read that returned another write of the same key comes before that one, and
 * each element of a list before the next. The
 * order exists if these conflicts and the causal order together have no cycle. O(n · k) for n operations and k sessions.
 * Where there are cas, an order is built in which each chain of them is a section of its own; if none is found, what must be
 * is derived to a fixpoint, and a cycle refutes ({@code CasOrder}). What neither shows is left undecided: with chains on
 * several keys the question is NP-complete.
 *
 * <p><b>Witness.</b> As of {@link Causal}; {@code CYCLIC_CF}: the writes of a short cycle, with the reads and the chains of
 * causes that order them; {@code CONTRADICTORY_CAS}: two cas that replaced one value, or the writes and cas of which not all
 * can stand so that each cas directly follows what it replaced.
 */
public final class CausalConvergence {

    /** As on the command line. */
    public static final String NAME = "causal-convergence";

    private CausalConvergence() {}

    public static Verdict check(History history, CheckOptions options) {
        return new CausalCheck(NAME, true, history, options).verdict();
    }
}
