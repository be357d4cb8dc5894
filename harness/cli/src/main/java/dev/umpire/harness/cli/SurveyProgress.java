package dev.umpire.harness.cli;

import dev.umpire.harness.cli.terminal.StatusLine;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.survey.Seeds;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How many runs a survey takes, how many are made, and how long the others will take. */
final class SurveyProgress {
    private final StatusLine status;
    private final LongSupplier wallNanos;
    private final long begunNanos;
    private final long planned;
    private final AtomicLong made = new AtomicLong();
    private volatile String surveyed = "";

    /** @param planned how many runs at most */
    SurveyProgress(Surroundings surroundings, long planned) {
        this.status = new StatusLine(surroundings.terminal(), surroundings.nanos());
        this.wallNanos = surroundings.nanos();
        this.begunNanos = wallNanos.getAsLong();
        this.planned = planned;
    }

    /** What the next runs are of. */
    void of(String name) {
        surveyed = name;
        status.showAtOnce(this::line);
    }

    /** A simulator whose runs are counted. */
    Seeds.Simulator counting(Seeds.Simulator simulator) {
        return (plan, target) -> {
            Run run = simulator.simulate(plan, target);
            made.incrementAndGet();
            status.showIfDue(this::line);
            return run;
        };
    }

    /** Takes the line away, as something else is told. */
    void pause() {
        status.end();
    }

    private String line() {
        long done = made.get();
        long tookNanos = wallNanos.getAsLong() - begunNanos;
        String left = done == 0 || tookNanos <= 0
                ? ""
                : " · at most about " + Numbers.seconds(tookNanos / done * Math.max(0, planned - done)) + " left";
        return surveyed + " · " + Numbers.grouped(done) + " of " + Numbers.counted(planned, "run") + left;
    }
}
