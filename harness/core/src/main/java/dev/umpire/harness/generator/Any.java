package dev.umpire.harness.generator;

import java.util.List;

/**
 * Several side by side.
 *
 * @param lastDecides whether it is done when the last of them is, instead of when all are
 */
record Any(List<Generator> choices, boolean lastDecides) implements Generator {

    @Override
    public Step next(Context context) {
        int last = choices.size() - 1;
        Step lastStep = last < 0 ? Step.DONE : choices.get(last).next(context);
        if (lastDecides && lastStep instanceof Step.Done) {
            return Step.DONE;
        }
        List<Generator> rests = choices;
        long soonestNanos = Long.MAX_VALUE;
        boolean allDone = true;
        for (int i = 0; i <= last; i++) {
            Step step = i == last ? lastStep : choices.get(i).next(context);
            if (step instanceof Step.Emit emit) {
                return new Step.Emit(emit.action(), new Any(Mix.with(rests, i, emit.rest()), lastDecides));
            }
            if (step instanceof Step.Wait wait) {
                soonestNanos = Math.min(soonestNanos, wait.untilNanos());
                rests = Mix.with(rests, i, wait.rest());
                allDone = false;
            } else if (step instanceof Step.Pending pending) {
                rests = Mix.with(rests, i, pending.rest());
                allDone = false;
            }
        }
        if (allDone) {
            return Step.DONE;
        }
        Generator rest = rests == choices ? this : new Any(rests, lastDecides);
        return soonestNanos == Long.MAX_VALUE ? new Step.Pending(rest) : new Step.Wait(soonestNanos, rest);
    }

    @Override
    public Generator update(Context context, Completion completion) {
        List<Generator> updated = Mix.updated(choices, context, completion);
        return updated == choices ? this : new Any(updated, lastDecides);
    }
}
