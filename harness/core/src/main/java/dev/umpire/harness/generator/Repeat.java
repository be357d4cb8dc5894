package dev.umpire.harness.generator;

/** A generator several times over. A round that has nothing to do at all ends it, or it would spin. */
record Repeat(long left, Generator original, Generator current) implements Generator {

    @Override
    public Step next(Context context) {
        if (left == 0) {
            return Step.DONE;
        }
        Step step = current.next(context);
        if (step instanceof Step.Done) {
            return left == 1 ? Step.DONE : step(left - 1, original.next(context));
        }
        return step(left, step);
    }

    private Step step(long rounds, Step step) {
        if (step instanceof Step.Emit emit) {
            return new Step.Emit(emit.action(), new Repeat(rounds, original, emit.rest()));
        }
        if (step instanceof Step.Wait wait) {
            return new Step.Wait(wait.untilNanos(), new Repeat(rounds, original, wait.rest()));
        }
        if (step instanceof Step.Pending pending) {
            return new Step.Pending(new Repeat(rounds, original, pending.rest()));
        }
        return Step.DONE;
    }

    @Override
    public Generator update(Context context, Completion completion) {
        return new Repeat(left, original, current.update(context, completion));
    }
}
