package dev.umpire.checkers.prefix;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;

/**
 * Consistent prefix: what a reader sees is a state through which the store went, or could have gone.
 *
 * <p><b>Definition.</b> There is one total order T of all writes that took effect, over all keys, such that every
 * observation (an OK read, or an OK snapshot of several keys) equals the state after some prefix of T on the keys that it
 * saw; an OK cas saw the state immediately before its own write. T extends happens-before between writes,
 * {@code hb = (so ∪ wr)+}, and for each key the order that the store reported, or else the write order assumption. Writes
 * of unknown outcome count once they were seen. The state of a list is what was appended to it, in the order of T: so its
 * reads show that order, whatever is assumed, and what none of them shows comes behind. What a transaction writes takes
 * effect together, as one element of T; what it reads before it writes the key is one observation, and comes before its own
 * writes only as happens-before says. Source: Terry, <i>Replicated Data Consistency Explained Through
 * Baseball</i>, CACM 2013; Kleppmann, <i>Designing Data-Intensive Applications</i>, chapter 5.
 *
 * <p><b>Algorithm.</b>
 * <ol>
 *   <li>Two reads of a list of which neither is the beginning of the other: broken.
 *   <li>Nothing reported, no snapshot, no cas, no list and no transaction that writes: any order of the writes by their first proof of effect (acknowledged, or
 *       seen) is such a T, since every edge of happens-before and of the assumption leads from a proof to a later
 *       invocation, and a state of one key is passed through in every order. O(n).
 *   <li>Everything ordered by reported positions: T is known. Each value that was seen held over the interval from its
 *       position to the position of the key's next write; a snapshot is a state of T iff its intervals meet. O(n).
 *   <li>Nothing reported, no cas, no list and no transaction that writes: the order of first proofs is compared with the snapshots in the same way. O(n).
 *   <li>Otherwise one order for each key is taken (the known one where there is only one, else by first proof), and a
 *       graph is made of it: the key's writes in their order; a write before who saw it; who saw it before the key's next
 *       write; happens-before. Without a cycle a topological order of it is T. O(n) where the proofs need not be sorted.
 *   <li>With a cycle, the same graph is made of only what every T must have. A cycle there is a violation.
 *   <li>Without one, only the strongly connected parts of the first graph are undecided; in each the order of the writes is
 *       saturated and searched ({@link Window}), by itself first, and with more and more of what is around it. The problem
 *       is NP-complete in general; the search is bounded by {@link CheckOptions#searchBudget}, and a part by its size.
 *   <li>A part that is too large: what is certain is closed over the whole history ({@link Saturation}), the store is played
 *       back by it ({@link Schedule}), and the order of that takes the place of the first guess.
 * </ol>
 *
 * <p><b>Witness.</b> A short cycle, or the undecided part, reduced until every operation is needed: typically a snapshot
 * and two writes, or two snapshots and two writes. {@code INCOMPATIBLE_ORDER} is two reads of a list. A list that was read
 * implies that its elements were appended, so that it needs no append beside it, unless who appended it or when matters.
 *
 * <p>Keys whose reads cannot be told apart, those that have appends and writes of whole values, and those that functions
 * other than read, write, cas, snapshot, append and txn touch, are left out. Reported versions of lists are not used. This only weakens what T must satisfy, so that INVALID stands; VALID becomes UNKNOWN.
 */
public final class ConsistentPrefix {
    private ConsistentPrefix() {}

    /** Judges the history; a {@link dev.umpire.checkers.verdict.Checker}. */
    public static Verdict check(History history, CheckOptions options) {
        return Judgement.check(history, options, Promise.CONSISTENT);
    }
}
