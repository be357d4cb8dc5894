package dev.umpire.checkers.causal;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;

/**
 * Causal consistency: what a read returns fits an order of its causal past.
 *
 * <p><b>Definition.</b> The causal order is the closure of the sessions' orders and of reads-from. For every read there is
 * an order of the operations in its causal past that extends the causal order and in which what it returned is the latest
 * write of its key, or there is none and it returned the initial value; a snapshot is one operation, all of whose reads one
 * order must explain, and so is a transaction, all of whose writes stand at one place of the order. A list that was read is
 * what was appended in its causal past, all of it, in that order; it was read from all of its elements. Different reads may be explained by different orders,
 * and no order holds all writes, so that a cas is a read and a write. Source: Bouajjani, Enea, Guerraoui, Hamza, <i>On
 * Verifying Causal Consistency</i>, POPL 2017, where this is CC; Perrin, Mostéfaoui, Jard, <i>Causal Consistency: Beyond
 * Memory</i>, PPoPP 2016 (weak causal consistency).
 *
 * <p>Operations of unknown outcome count from when some read returned them, and come before nothing in their session. Reads
 * of what nobody wrote (thin air), of what failed, or of the future are faults of {@code integrity} and left out here.
 *
 * <p>Of transactions this is weaker than what databases call transactional causal consistency (Biswas and Enea, <i>On the
 * Complexity of Checking Transactional Consistency</i>, OOPSLA 2019), which asks for one order: {@link CausalConvergence}.
 *
 * <p><b>Algorithm.</b> One vector clock for each session whose knowledge changes; a read is held against those writes of
 * its key that its past contains and that of the write which it returned does not. Only if the order of writes which that
 * asks for has a cycle with the causal order is it asked, in a second pass, whether one read alone is wrong. O(n · k) for n
 * operations and k sessions, where a list counts as many operations as it has elements; lists whose reads show more than
 * 16 million elements together are left undecided.
 *
 * <p><b>Witness.</b> {@code CYCLIC_CO}: the operations of a cycle of causes. {@code WRITE_CO_INIT_READ}: a shortest chain of
 * causes from a write to a read of the initial value. {@code WRITE_CO_READ}: a shortest chain from the write that was read,
 * through another write of its key, to the read. {@code WRITE_CO_SNAPSHOT}: the same for several reads of one operation that
 * exclude one another. {@code LIST_CO_READ}: a list without an append that is in its causal past, or with its elements
 * against the order of causes. Each without what can be left out; of lists, with the elements whose appends are left out.
 */
public final class Causal {

    /** As on the command line. */
    public static final String NAME = "causal";

    private Causal() {}

    public static Verdict check(History history, CheckOptions options) {
        return new CausalCheck(NAME, false, history, options).verdict();
    }
}
