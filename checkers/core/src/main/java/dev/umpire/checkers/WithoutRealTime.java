package dev.umpire.checkers;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.Optional;
import java.util.Set;

/**
 * What can be asked of a recording that keeps no order between sessions ({@link History#realTime}): nothing that speaks
 * of real time, and the rest under {@code session} write order at most.
 */
final class WithoutRealTime {
    private static final Set<String> SPEAK_OF_TIME = Set.of(
            "linearizable",
            "strict-consistent-prefix",
            "bounded-staleness",
            "durability",
            "eventual",
            "counter",
            "recovers-within",
            "available-within");

    private WithoutRealTime() {}

    /** UNKNOWN where the guarantee needs what was not recorded. */
    static Optional<Verdict> refusal(String guarantee, History history) {
        if (history.realTime() || !SPEAK_OF_TIME.contains(guarantee.split(":", 2)[0])) {
            return Optional.empty();
        }
        return Optional.of(Verdict.undecided(
                guarantee,
                "the recording keeps no order between its sessions, and " + guarantee + " speaks of real time"));
    }

    /** The options, with no more assumed of the order of writes than was recorded. */
    static CheckOptions options(CheckOptions asked, History history) {
        return history.realTime() || asked.writeOrder() != WriteOrder.REAL_TIME
                ? asked
                : asked.with(WriteOrder.SESSION);
    }
}
