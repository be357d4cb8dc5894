package dev.umpire.checkers.order;

import dev.umpire.checkers.register.RecordedOrder;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.ReportedVersions;
import dev.umpire.checkers.register.TracedOrder;
import dev.umpire.checkers.verdict.WriteOrder;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the order of a register's writes is known from.
 *
 * @param assumption what is assumed where the history tells no order
 * @param recorded what the store reported, or what list reads show; it is trusted, and then nothing is assumed
 */
public record OrderSource(WriteOrder assumption, Optional<RecordedOrder> recorded) {

    /**
     * Reported, where every acknowledged write has a version or every one a position; else traced, where the key is a list;
     * else assumed.
     */
    public static OrderSource of(Register register, WriteOrder assumption) {
        Optional<RecordedOrder> reported = ReportedVersions.of(register).map(order -> order);
        return new OrderSource(
                assumption, reported.or(() -> TracedOrder.of(register).map(order -> order)));
    }

    /** Assumed, whatever was recorded. */
    public static OrderSource assumed(WriteOrder assumption) {
        return new OrderSource(assumption, Optional.empty());
    }

    /** Whether the history tells the order, so that nothing is assumed. */
    public boolean isRecorded() {
        return recorded.isPresent();
    }

    /** What the store reported, if that is the source. */
    public Optional<ReportedVersions> reported() {
        return recorded.filter(ReportedVersions.class::isInstance).map(ReportedVersions.class::cast);
    }

    /** What list reads show, if that is the source. */
    public Optional<TracedOrder> traced() {
        return recorded.filter(TracedOrder.class::isInstance).map(TracedOrder.class::cast);
    }

    /** {@code reported versions}, {@code traced from list reads}, {@code inferred under real-time write order}. */
    public String phrase() {
        if (reported().isPresent()) {
            return "reported " + reported().get().kind().name().toLowerCase(Locale.ROOT) + "s";
        }
        return traced().isPresent() ? "traced from list reads" : "inferred under " + assumption.phrase();
    }

    /** Whether this source alone, without any other write between, puts the first write before the second. */
    public boolean before(Register register, int first, int second) {
        if (recorded.isPresent()) {
            return recorded.get().before(first, second);
        }
        if (assumption == WriteOrder.NONE) {
            return false;
        }
        int a = register.accessOfWrite(first);
        int b = register.accessOfWrite(second);
        return register.completed(a) < register.invoked(b)
                && (assumption == WriteOrder.REAL_TIME || register.session(a) == register.session(b));
    }
}
