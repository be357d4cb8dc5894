package dev.umpire.harness.cli;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.cli.terminal.StatusLine;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SafeText;
import dev.umpire.histories.History;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Which guarantee of which history is judged, and for how long already: a line of a terminal, and nothing elsewhere. */
final class JudgingStatus {
    /** What is judged sooner is not told, lest the line flickers. */
    private static final long PATIENCE_NANOS = 500_000_000L;

    private static final long LOOK_MILLIS = 100;

    private final StatusLine line;
    private final boolean isShown;
    private final LongSupplier wallNanos;
    private volatile Optional<UnderWay> underWay = Optional.empty();

    private record UnderWay(String guarantee, String history, long begunNanos) {}

    /** @param wallNanos monotonic nanoseconds of the wall */
    JudgingStatus(Terminal terminal, LongSupplier wallNanos) {
        this.line = new StatusLine(terminal, wallNanos);
        this.isShown = terminal.errIsTerminal();
        this.wallNanos = wallNanos;
    }

    /** The same guarantees, which tell when they are judged. Integrity, which takes one pass, does not. */
    List<Guarantee> telling(List<Guarantee> guarantees) {
        return guarantees.stream()
                .map(one -> one == Guarantee.INTEGRITY
                        ? one
                        : one.judgedBy((history, options) -> judge(one, history, options)))
                .toList();
    }

    private Verdict judge(Guarantee guarantee, History history, CheckOptions options) {
        underWay = Optional.of(
                new UnderWay(guarantee.name(), SafeText.visible(history.source().name()), wallNanos.getAsLong()));
        try {
            return guarantee.check(history, options);
        } finally {
            underWay = Optional.empty();
        }
    }

    /** Shows the line while something is judged, and has taken it away when this returns. */
    <T> T during(Supplier<T> judging) {
        if (!isShown) {
            return judging.get();
        }
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "umpire-status");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> looking = looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        try {
            return judging.get();
        } finally {
            looking.cancel(false);
            looks.shutdownNow();
            end();
        }
    }

    private synchronized void look() {
        underWay.filter(one -> tookNanos(one) >= PATIENCE_NANOS).ifPresent(one -> line.showIfDue(() -> told(one)));
    }

    /** Nothing is under way any more, so that a look that comes late shows nothing. */
    private synchronized void end() {
        line.end();
    }

    private long tookNanos(UnderWay one) {
        return wallNanos.getAsLong() - one.begunNanos();
    }

    private String told(UnderWay one) {
        // the name of a file stands last, as the end of a long line is cut off
        return "  judging " + one.guarantee() + " for " + Numbers.seconds(tookNanos(one)) + " · " + one.history();
    }
}
