package dev.umpire.harness.cli;

import dev.umpire.harness.cli.terminal.StatusLine;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.survey.Seeds;
import dev.umpire.histories.event.Event;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How many runs a survey takes, how many are made, and how long the others will take. */
final class SurveyProgress {
    private final Surroundings surroundings;
    private final StatusLine status;
    private final LongSupplier wallNanos;
    private final long begunNanos;
    private volatile long planned;
    private final AtomicLong made = new AtomicLong();
    private volatile String surveyed = "";
    private List<String> rows = List.of();
    private int rowsDone;

    /** Where the number of runs is not known, or any bound is far from what there will be. */
    SurveyProgress(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.status = new StatusLine(surroundings.terminal(), surroundings.nanos());
        this.wallNanos = surroundings.nanos();
        this.begunNanos = wallNanos.getAsLong();
    }

    /** How many runs there will be at most. */
    void plan(long runs) {
        planned = runs;
    }

    /** What the next runs are of. */
    void of(String name) {
        surveyed = name;
        status.showAtOnce(this::line);
    }

    /** Of what the next rows are, in their order. */
    void plan(String name, List<String> rowNames) {
        rows = List.copyOf(rowNames);
        rowsDone = 0;
        of(name);
    }

    /** The next row begins. */
    void rowDone() {
        rowsDone++;
    }

    /** A simulator whose runs are counted. */
    Seeds.Simulator counting(Seeds.Simulator simulator) {
        return (plan, target) -> {
            Run run = simulator.simulate(plan, target);
            oneMore();
            return run;
        };
    }

    /** A run was made. */
    void oneMore() {
        made.incrementAndGet();
        status.showIfDue(this::line);
    }

    /** Goes on telling while a run of a real store goes on. */
    RunListener listener() {
        return new RunListener() {
            @Override
            public void phase(String name) {
                status.showIfDue(SurveyProgress.this::line);
            }

            @Override
            public void undone(String sentence) {
                pause();
                surroundings.terminal().err().println("umpire: " + SafeText.visible(sentence));
            }

            @Override
            public void recorded(Event event) {
                status.showIfDue(SurveyProgress.this::line);
            }
        };
    }

    /** Takes the line away, as something else is told. */
    void pause() {
        status.end();
    }

    private String line() {
        long done = made.get();
        long tookNanos = wallNanos.getAsLong() - begunNanos;
        if (planned == 0) {
            return surveyed + " · " + Numbers.counted(done, "run");
        }
        String left = done == 0 || tookNanos <= 0
                ? ""
                : " · at most about " + Numbers.seconds(tookNanos / done * Math.max(0, planned - done)) + " left";
        String row = rowsDone < rows.size() ? " · " + rows.get(rowsDone) : "";
        return surveyed + row + " · " + Numbers.grouped(done) + " of " + Numbers.counted(planned, "run") + left;
    }
}
