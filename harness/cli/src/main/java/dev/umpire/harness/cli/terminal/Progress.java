package dev.umpire.harness.cli.terminal;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.Tally;
import dev.umpire.harness.run.RunListener;
import dev.umpire.histories.event.Event;
import java.util.function.LongSupplier;

/**
 * Tells how far a run is: on a terminal one line that is rewritten, elsewhere a line each ten seconds.
 *
 * <p>Hears thousands of events a second, so the clock is asked only at every {@value #EVENTS_A_LOOK}th.
 */
public final class Progress implements RunListener {
    private static final int EVENTS_A_LOOK = 64;
    private static final int BAR = 20;

    private final Terminal terminal;
    private final Plan plan;
    private final LongSupplier wallNanos;
    private final StatusLine line;
    private final Tally tally = new Tally();
    private long events;
    private long begunNanos;
    private String phase = "starting";

    /** @param wallNanos monotonic nanoseconds of the wall */
    public Progress(Terminal terminal, Plan plan, LongSupplier wallNanos) {
        this.terminal = terminal;
        this.plan = plan;
        this.wallNanos = wallNanos;
        this.line = new StatusLine(terminal, wallNanos);
    }

    @Override
    public void phase(String name) {
        phase = name;
        if (name.equals("starting")) {
            begunNanos = wallNanos.getAsLong();
        }
        line.showAtOnce(this::status);
    }

    @Override
    public void undone(String sentence) {
        terminal.err().println("umpire: " + SafeText.visible(sentence));
    }

    @Override
    public void recorded(Event event) {
        events++;
        tally.add(event);
        if (events % EVENTS_A_LOOK == 0) {
            line.showIfDue(this::status);
        }
    }

    /** When the run began, by the clock of the wall; 0 before. */
    public long begunNanos() {
        return begunNanos;
    }

    /** Takes the status line away. */
    public void end() {
        line.end();
    }

    private String status() {
        double share = share();
        StringBuilder status = new StringBuilder();
        status.append("  ").append(Numbers.seconds(tally.runNanos())).append(' ');
        if (terminal.errIsTerminal()) {
            int full = (int) (BAR * share);
            status.append('▕')
                    .append("█".repeat(full))
                    .append("░".repeat(BAR - full))
                    .append("▏ ");
        }
        status.append(Numbers.grouped(tally.done()));
        plan.operations().ifPresent(all -> status.append(" of ").append(Numbers.grouped(all)));
        status.append(" operations   ").append(Numbers.grouped(tally.failed())).append(" failed   ");
        status.append(Numbers.grouped(tally.unknown())).append(" unknown");
        status.append("running".equals(phase) ? "" : "   " + phase);
        tally.faultsInForce().forEach(fault -> status.append("   ✂ ").append(fault));
        return status.toString();
    }

    private double share() {
        double byCount = plan.operations().isPresent()
                ? (double) tally.done() / plan.operations().getAsLong()
                : 0;
        double byTime = plan.durationMillis().isPresent()
                ? tally.runNanos() / 1e6 / plan.durationMillis().getAsLong()
                : 0;
        return Math.min(1, Math.max(byCount, byTime));
    }
}
