package dev.umpire.checkers.causal;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;

/**
 * Pipelined RAM: each session sees the writes of every other session in the order in which that one made them.
 *
 * <p><b>Definition.</b> For each session there is one order of all writes and of its own reads that extends every session's
 * order and in which each of its reads returns the latest write of its key, or the initial value if there is none. Sessions
 * need not agree. Lists, transactions and cas as in {@link CausalMemory}. Source: Lipton and Sandberg, <i>PRAM: A Scalable Shared Memory</i>, Princeton CS-TR-180-88, 1988; also
 * called FIFO consistency. Unknown outcomes and faulty reads as in {@link Causal}.
 *
 * <p><b>Algorithm and witness.</b> As of {@link CausalMemory}, without what other sessions read.
 */
public final class Pram {

    /** As on the command line. */
    public static final String NAME = "pram";

    private Pram() {}

    public static Verdict check(History history, CheckOptions options) {
        return new SessionViewCheck(NAME, false, history, options).verdict();
    }
}
