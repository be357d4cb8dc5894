package dev.umpire.checkers.causal;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;

/**
 * Causal memory: each session sees one order of all writes, and that order keeps causes before effects.
 *
 * <p><b>Definition.</b> For each session there is one order of all writes and of its own reads that extends the causal order
 * and in which each of its reads returns the latest write of its key, or the initial value if there is none. Sessions need
 * not agree. In each of these orders every OK cas, whoever made it, stands directly after the write that it replaced among the
 * writes of its key. A list that is read returns what was appended before, in that order; a transaction stands at one place, where it
 * reads and then writes. Source: Ahamad, Neiger, Burns, Kohli, Hutto, <i>Causal Memory: Definitions, Implementation, and
 * Programming</i>, Distributed Computing 1995; Bouajjani, Enea, Guerraoui, Hamza, <i>On Verifying Causal Consistency</i>,
 * POPL 2017, where this is CM. Causal order, unknown outcomes and faulty reads as in {@link Causal}.
 *
 * <p><b>Algorithm.</b> For each session the writes that must come before each of its reads are put on levels, to the least
 * that the reads ask for ({@code SessionView}). O(n · k) for n operations and k sessions where few writes must be moved,
 * O(n²) and more for each session at worst, up to the search budget. The sequence of reads that overlap within a session is
 * searched. Where there are cas, an order is looked for as for {@link CausalConvergence}, first one for all sessions, then one
 * for each.
 *
 * <p><b>Witness.</b> As of {@link Causal}; {@code WRITE_HB_INIT_READ}, a read of the initial value before which the
 * session's other reads put a write of its key; {@code LIST_HB_READ}, a list without an append that they put before its
 * read; {@code CYCLIC_HB}, reads that ask for contradictory orders. {@code CONTRADICTORY_CAS}
 * as of {@link CausalConvergence}. Without what can be left out.
 */
public final class CausalMemory {

    /** As on the command line. */
    public static final String NAME = "causal-memory";

    private CausalMemory() {}

    public static Verdict check(History history, CheckOptions options) {
        return new SessionViewCheck(NAME, true, history, options).verdict();
    }
}
