package dev.umpire.harness.generator;

/** A number of actions. */
record Limit(long left, Generator of) implements Generator {

    @Override
    public Step next(Context context) {
        if (left == 0) {
            return Step.DONE;
        }
        Step step = of.next(context);
        if (step instanceof Step.Emit emit) {
            return new Step.Emit(emit.action(), new Limit(left - 1, emit.rest()));
        }
        if (step instanceof Step.Wait wait) {
            return new Step.Wait(wait.untilNanos(), new Limit(left, wait.rest()));
        }
        if (step instanceof Step.Pending pending) {
            return new Step.Pending(new Limit(left, pending.rest()));
        }
        return Step.DONE;
    }

    @Override
    public Generator update(Context context, Completion completion) {
        Generator updated = of.update(context, completion);
        return updated == of ? this : new Limit(left, updated);
    }
}
