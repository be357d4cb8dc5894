package dev.umpire.harness.cli.terminal;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What is under way, on standard error: on a terminal one line that is rewritten, elsewhere a line each ten seconds. Several
 * threads may tell.
 */
public final class StatusLine {
    private static final long REWRITE_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;
    private static final int LEAST_COLUMNS = 20;

    private final Terminal terminal;
    private final LongSupplier wallNanos;
    private long shownNanos;
    private boolean stands;

    /** @param wallNanos monotonic nanoseconds of the wall */
    public StatusLine(Terminal terminal, LongSupplier wallNanos) {
        this.terminal = terminal;
        this.wallNanos = wallNanos;
        shownNanos = wallNanos.getAsLong();
    }

    /** Shows a line, unless one was shown a moment ago. */
    public synchronized void showIfDue(Supplier<String> line) {
        if (wallNanos.getAsLong() - shownNanos >= (terminal.errIsTerminal() ? REWRITE_NANOS : LINE_NANOS)) {
            show(line.get());
        }
    }

    /** Shows a line now, where the next one rewrites it. */
    public synchronized void showAtOnce(Supplier<String> line) {
        if (terminal.errIsTerminal()) {
            show(line.get());
        }
    }

    private void show(String line) {
        shownNanos = wallNanos.getAsLong();
        if (terminal.errIsTerminal()) {
            int room = Math.max(LEAST_COLUMNS, terminal.columns() - 1);
            terminal.err().print("\r" + (line.length() > room ? line.substring(0, room) : line) + "\u001b[K");
            stands = true;
        } else {
            terminal.err().println(line.strip());
        }
        terminal.err().flush();
    }

    /** Takes the line away. */
    public synchronized void end() {
        if (stands) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
            stands = false;
        }
    }
}
