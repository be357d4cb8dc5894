package dev.umpire.checkers;

import dev.umpire.checkers.register.OwnWrites;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Set;

/**
 * The reads of transactions behind their own writes that did not return these. An order of whole transactions does not know
 * them: who judges by one leaves them out, and says so.
 */
final class ReadsLeftOut {
    private static final Set<String> BY_WHOLE_TRANSACTIONS = Set.of(
            "read-your-writes",
            "monotonic-reads",
            "monotonic-writes",
            "writes-follow-reads",
            "pram",
            "causal",
            "causal-memory",
            "causal-convergence",
            "consistent-prefix",
            "strict-consistent-prefix",
            "monotonic-prefix");

    private ReadsLeftOut() {}

    /** The verdict, which says how many such reads were left out, if any were. */
    static Verdict remark(Verdict verdict, History history) {
        if (!BY_WHOLE_TRANSACTIONS.contains(verdict.guarantee().split("\\+", 2)[0])) {
            return verdict;
        }
        long astray = OwnWrites.reads(history).stream()
                .filter(read -> !read.returnsOwn())
                .count();
        return astray == 0
                ? verdict
                : verdict.remarking(Words.count(astray, "read", "reads")
                        + " left out: behind a write of the same key in one transaction, and not what that wrote, see"
                        + " sequential");
    }
}
