package dev.umpire.checkers.availability;

import dev.umpire.checkers.evidence.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The time in which a store can recover from a fault.
 *
 * <p>It begins when the fault is healed. A failover is its store's own cure and begins when it is injected, as does a change
 * of members, and a crash from which nobody heals its node. It ends when the next fault is injected. A fault has none that
 * no probe saw in force, whose times are not recorded, that is never healed though it must be, or at whose window's
 * beginning another one is in force.
 *
 * <p>Of what is healed, the recovery is the silence with which the window begins. Of what the store cures itself, it is the
 * longest of those that begin before the heal and before the next fault: for a while after the injection the node that is
 * about to be lost may go on acknowledging (a leader that is cut off from the others does not know it yet), and its answers
 * are no sign that another has taken its place.
 *
 * @param fault the fault
 * @param injectedNanos when it was injected
 * @param atHeal whether the window begins with the heal, not with the injection
 * @param fromNanos when it begins
 * @param next the fault that ends it; empty: it lasts to the end of the recording
 */
record Window(Fault fault, long injectedNanos, boolean atHeal, long fromNanos, Optional<Fault> next) {
    /** What others make good without a heal. */
    private static final Set<String> CURED_BY_THE_STORE = Set.of("failover", "membership");

    private static final String CRASH = "crash";

    /** Those of a history's faults, in their order. */
    static List<Window> of(List<Fault> faults) {
        List<Window> windows = new ArrayList<>();
        for (Fault fault : faults) {
            of(fault, faults).ifPresent(windows::add);
        }
        return windows;
    }

    private static Optional<Window> of(Fault fault, List<Fault> faults) {
        boolean atHeal = !CURED_BY_THE_STORE.contains(fault.kind())
                && (fault.healedAt().isPresent() || !fault.kind().equals(CRASH));
        OptionalLong begins = atHeal ? fault.healedNanos() : fault.injectedNanos();
        if (fault.confirmedAt().isEmpty() || fault.injectedNanos().isEmpty() || begins.isEmpty()) {
            return Optional.empty();
        }
        long from = begins.getAsLong();
        List<Fault> others = faults.stream()
                .filter(other -> !other.equals(fault) && other.injectedNanos().isPresent())
                .toList();
        if (others.stream().anyMatch(other -> isInForce(other, from))) {
            return Optional.empty();
        }
        Optional<Fault> next =
                others.stream().filter(other -> injected(other) > from).min(Comparator.comparingLong(Window::injected));
        return Optional.of(new Window(fault, injected(fault), atHeal, from, next));
    }

    /** When the next fault is injected; {@link Long#MAX_VALUE} if none is. */
    long untilNanos() {
        return next.map(Window::injected).orElse(Long.MAX_VALUE);
    }

    /** The silence of a lane that tells how long its recovery took; empty if the lane says nothing about this fault. */
    Optional<Silence> recovery(Lane lane) {
        if (!lane.isAcknowledgedBefore(injectedNanos)) {
            return Optional.empty();
        }
        return atHeal
                ? lane.from(fromNanos)
                : lane.longestFrom(
                        fromNanos, Math.min(fault.healedNanos().orElse(Long.MAX_VALUE), untilNanos()), untilNanos());
    }

    private static boolean isInForce(Fault fault, long nanos) {
        return injected(fault) <= nanos
                && (fault.healedAt().isEmpty() || fault.healedNanos().orElse(Long.MAX_VALUE) > nanos);
    }

    private static long injected(Fault fault) {
        return fault.injectedNanos().orElseThrow();
    }
}
