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
    private static final long REWRITE_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;
    private static final int BAR = 20;

    private final Terminal terminal;
    private final Plan plan;
    private final LongSupplier wallNanos;
    private final long begunNanos;
    private final Tally tally = new Tally();
    private long shownNanos;
    private long events;
    private String phase = "starting";
    private boolean lineStands;

    /** @param wallNanos monotonic nanoseconds of the wall */
    public Progress(Terminal terminal, Plan plan, LongSupplier wallNanos) {
        this.terminal = terminal;
        this.plan = plan;
        this.wallNanos = wallNanos;
        begunNanos = wallNanos.getAsLong();
        shownNanos = begunNanos;
    }

    @Override
    public void phase(String name) {
        phase = name;
        if (terminal.errIsTerminal()) {
            show(wallNanos.getAsLong());
        }
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
            long now = wallNanos.getAsLong();
            if (now - shownNanos >= (terminal.errIsTerminal() ? REWRITE_NANOS : LINE_NANOS)) {
                show(now);
            }
        }
    }

    /** Takes the status line away. */
    public void end() {
        if (lineStands) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
            lineStands = false;
        }
    }

    private void show(long now) {
        shownNanos = now;
        if (terminal.errIsTerminal()) {
            String line = status();
            int room = Math.max(20, terminal.columns() - 1);
            terminal.err().print("\r" + (line.length() > room ? line.substring(0, room) : line) + "\u001b[K");
            lineStands = true;
        } else {
            terminal.err().println(status().strip());
        }
        terminal.err().flush();
    }

    private String status() {
        double share = share();
        StringBuilder line = new StringBuilder();
        line.append("  ").append(Numbers.seconds(tally.runNanos())).append(' ');
        if (terminal.errIsTerminal()) {
            int full = (int) (BAR * share);
            line.append('▕')
                    .append("█".repeat(full))
                    .append("░".repeat(BAR - full))
                    .append("▏ ");
        }
        line.append(Numbers.grouped(tally.done()));
        plan.operations().ifPresent(all -> line.append(" of ").append(Numbers.grouped(all)));
        line.append(" operations   ").append(Numbers.grouped(tally.failed())).append(" failed   ");
        line.append(Numbers.grouped(tally.unknown())).append(" unknown");
        line.append("running".equals(phase) ? "" : "   " + phase);
        tally.faultsInForce().forEach(fault -> line.append("   ✂ ").append(fault));
        return line.toString();
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
