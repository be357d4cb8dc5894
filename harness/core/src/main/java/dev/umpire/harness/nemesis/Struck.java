package dev.umpire.harness.nemesis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One fault and what became of it. Changed by {@link Nemesis} and {@link ClockRates} alone, on the loop. */
final class Struck {
    /** When it was undone that never struck: before it began. */
    static final long NEVER = -1;

    final int id;
    final Fault fault;
    /** Completes when the lever that was to put it in force is done. */
    final CompletableFuture<Integer> pulled = new CompletableFuture<>();

    boolean inForce = true;
    /** The lever that undoes it is done. */
    boolean mended;
    /** That lever was done once, so that what it does by a difference must not be done again. */
    boolean mendedOnce;
    /**
     * It was to be undone; but the lever failed, the nodes that it took down have not been seen back, or its clocks have been
     * seen not to be back at their own rate.
     */
    boolean stuck;
    /** Undoing it is under way until this completes. */
    CompletionStage<Void> healing = CompletableFuture.completedFuture(null);

    boolean confirmed;
    boolean gone;
    long fromNanos;
    long untilNanos;
    String evidenceInForce = "";
    String evidenceGone = "its probe was put off";
    Probe.Before before = Probe.Before.NOTHING;
    /** Of clocks that were to run wrong: as they were when they were first seen wrong, later when they were first seen right. */
    ClockRate.Readings clocks = ClockRate.Readings.NONE;
    /** It is known at which rate they run since they were seen right. */
    boolean rateTold;

    Struck(int id, Fault fault) {
        this.id = id;
        this.fault = fault;
    }

    /** When it was last undone; something else where it is in force. */
    long untilOr(long nanos) {
        return inForce ? nanos : untilNanos;
    }
}
