package dev.umpire.harness.generator;

import java.util.OptionalLong;

/** A span of time that begins when it is first asked. It also ends a generator that waits for a completion. */
record TimeLimit(long nanos, OptionalLong endNanos, Generator of) implements Generator {

    @Override
    public Step next(Context context) {
        long end = endNanos.orElse(context.nowNanos() + nanos);
        if (context.nowNanos() >= end) {
            return Step.DONE;
        }
        Step step = of.next(context);
        if (step instanceof Step.Emit emit) {
            return new Step.Emit(emit.action(), rest(end, emit.rest()));
        }
        if (step instanceof Step.Wait wait) {
            return new Step.Wait(Math.min(end, wait.untilNanos()), rest(end, wait.rest()));
        }
        if (step instanceof Step.Pending pending) {
            return new Step.Wait(end, rest(end, pending.rest()));
        }
        return Step.DONE;
    }

    private Generator rest(long end, Generator rest) {
        return new TimeLimit(nanos, OptionalLong.of(end), rest);
    }

    @Override
    public Generator update(Context context, Completion completion) {
        return new TimeLimit(nanos, endNanos, of.update(context, completion));
    }
}
