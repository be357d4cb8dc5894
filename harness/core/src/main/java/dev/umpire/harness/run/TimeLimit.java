package dev.umpire.harness.run;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Deadline;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.environment.OwnThreads;
import dev.umpire.histories.History;
import java.time.Duration;
import java.util.Optional;

/**
 * Judges within a time. The checker works on a thread of its own and is told when the time is over; one that then does not
 * answer, as its model hangs in a step, is left behind, and the verdict is UNKNOWN with what it had reached.
 */
public final class TimeLimit {
    /** How long a checker may take to answer once it was told, at least and in parts of the limit. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final int GRACE_PART = 10;

    private TimeLimit() {}

    /**
     * The same guarantee, judged within a time. A verdict that is given in time is the one that is given without a limit.
     *
     * @param limit for each history; with the grace for an answer it may be a tenth longer, or half a second
     */
    public static Guarantee on(Guarantee guarantee, Duration limit) {
        return guarantee.judgedBy((history, options) -> check(guarantee, history, options, limit));
    }

    private static Verdict check(Guarantee guarantee, History history, CheckOptions options, Duration limit) {
        Bell bell = new Bell();
        OwnThreads<Verdict> checker = OwnThreads.start(
                "umpire-check-" + guarantee.name(), () -> guarantee.check(history, options.with(bell)));
        Optional<Verdict> verdict = checker.await(limit);
        if (verdict.isEmpty()) {
            bell.rung = true;
            Duration part = limit.dividedBy(GRACE_PART);
            verdict = checker.await(part.compareTo(GRACE) > 0 ? part : GRACE);
        }
        if (verdict.isEmpty()) {
            checker.leave();
        }
        return verdict.orElseGet(() -> Verdict.undecided(guarantee.name(), left(limit, bell)));
    }

    private static String left(Duration limit, Bell bell) {
        Deadline.Reached reached = bell.reached;
        return "the checker was left after the time limit of " + limit.toMillis() + " ms"
                + (reached.objects() == 0 ? "" : ": " + reached.text());
    }

    /** Rings when the time is over, and keeps what was reached. Told and asked by two threads. */
    private static final class Bell implements Deadline {
        private volatile boolean rung;
        private volatile Reached reached = new Reached(0, 0, 0, 0);

        @Override
        public boolean isOver() {
            return rung;
        }

        @Override
        public void reached(Reached further) {
            reached = further;
        }
    }
}
