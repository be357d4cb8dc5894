package dev.umpire.harness.nemesis;

import dev.umpire.harness.target.Observation;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Looks at which rates clocks run that faults have set wrong: once a fault is confirmed their readings are kept, and before it is
 * undone others are compared with them; likewise once it is gone, and later. Used on the loop.
 */
final class ClockRates {

    private final Probe probe;
    private final List<Struck> struck;
    private final Teller teller;

    /** Takes events. */
    interface Teller {
        void tell(String function, Struck one, String evidence);
    }

    /**
     * @param struck all that has struck, which grows
     * @param teller is told what a rate changes of what was said of a fault
     */
    ClockRates(Probe probe, List<Struck> struck, Teller teller) {
        this.probe = probe;
        this.struck = struck;
        this.teller = teller;
    }

    /** Reads clocks whose rate is to be told later, where they have been seen as they were to be. */
    CompletionStage<Void> read(Struck one, boolean seen) {
        return seen && one.fault.rate() != 0
                ? probe.clocks(one.fault.nodes()).thenAccept(readings -> one.clocks = readings)
                : CompletableFuture.completedFuture(null);
    }

    /**
     * Looks at which rate clocks have run since they were seen wrong. A fault that changed no rate was not in force.
     *
     * @return what was seen, a sentence without its full stop; empty where there is nothing to see
     */
    CompletionStage<String> ranWrong(Struck one) {
        if (one.fault.rate() == 0 || !one.confirmed || one.mended || !isUndisturbed(one)) {
            return CompletableFuture.completedFuture("");
        }
        return probe.clocks(one.fault.nodes()).thenApply(readings -> {
            Observation seen = ClockRate.between(one.clocks, readings, one.fault.nodes(), one.fault.rate(), 0);
            if (seen.known() && !seen.positive()) {
                one.confirmed = false;
                one.evidenceInForce += "; " + seen.evidence();
                teller.tell("unconfirmed", one, seen.evidence());
                return "";
            }
            return seen.evidence();
        });
    }

    /** As {@link #probe}; that rates cannot be told keeps nothing from striking. */
    CompletionStage<Integer> told() {
        CompletionStage<Void> told;
        try {
            told = probe();
        } catch (RuntimeException e) {
            told = CompletableFuture.failedFuture(e);
        }
        return told.handle((nothing, failure) -> 0);
    }

    /** Looks at which rate clocks run since they were seen right, where that is a while ago and nothing has struck them since. */
    CompletionStage<Void> probe() {
        CompletionStage<Void> probed = CompletableFuture.completedFuture(null);
        for (Struck one : List.copyOf(struck)) {
            if (one.fault.rate() != 0 && one.gone && !one.rateTold && isUndisturbed(one)) {
                probed = probed.thenCompose(nothing -> probe.clocks(one.fault.nodes()))
                        .thenAccept(readings -> ranRight(one, readings));
            }
        }
        return probed;
    }

    private void ranRight(Struck one, ClockRate.Readings readings) {
        Observation seen = ClockRate.between(one.clocks, readings, one.fault.nodes(), 0, one.fault.rate());
        if (seen.known()) {
            one.rateTold = true;
            one.gone = seen.positive();
            one.stuck = !one.gone;
            one.inForce = one.stuck;
            one.evidenceGone += "; " + seen.evidence();
            teller.tell(one.gone ? "gone" : "unconfirmed", one, seen.evidence());
        }
    }

    private boolean isUndisturbed(Struck one) {
        return struck.stream()
                .filter(other -> other != one && other.fault instanceof Fault.WrongClock)
                .noneMatch(other -> other.untilOr(Long.MAX_VALUE) >= one.clocks.askedNanos()
                        && !Collections.disjoint(other.fault.nodes(), one.fault.nodes()));
    }
}
