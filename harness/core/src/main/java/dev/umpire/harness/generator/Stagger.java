package dev.umpire.harness.generator;

import java.util.OptionalLong;

/**
 * Actions at a rate. Who falls behind, because no session was free, makes up for one action at most: a burst after an
 * outage would be another workload than the one that was asked for. Each action was intended for the time at which it fell due.
 */
record Stagger(String stream, long draw, long meanNanos, OptionalLong dueNanos, Generator of) implements Generator {

    @Override
    public Step next(Context context) {
        long due = dueNanos.orElse(context.nowNanos());
        if (context.nowNanos() < due) {
            return new Step.Wait(due, this);
        }
        Step step = of.next(context);
        if (step instanceof Step.Emit emit) {
            long gap = context.random().stream(stream).between(0, 2 * meanNanos, draw);
            long next = Math.max(due, context.nowNanos() - meanNanos) + gap;
            return new Step.Emit(
                    emit.action().intendedAt(due),
                    new Stagger(stream, draw + 1, meanNanos, OptionalLong.of(next), emit.rest()));
        }
        if (step instanceof Step.Wait wait) {
            return new Step.Wait(wait.untilNanos(), rest(due, wait.rest()));
        }
        if (step instanceof Step.Pending pending) {
            return new Step.Pending(rest(due, pending.rest()));
        }
        return Step.DONE;
    }

    private Generator rest(long due, Generator rest) {
        if (rest == of && dueNanos.isPresent() && dueNanos.getAsLong() == due) {
            return this;
        }
        return new Stagger(stream, draw, meanNanos, OptionalLong.of(due), rest);
    }

    @Override
    public Generator update(Context context, Completion completion) {
        Generator updated = of.update(context, completion);
        return updated == of ? this : new Stagger(stream, draw, meanNanos, dueNanos, updated);
    }
}
