package dev.umpire.harness.generator;

import java.util.List;

/**
 * Generators one after another.
 *
 * @param draining whether the first is done and only what it began is under way
 */
record Phases(List<Generator> phases, boolean draining) implements Generator {

    @Override
    public Step next(Context context) {
        List<Generator> left = phases;
        boolean drain = draining;
        while (!left.isEmpty()) {
            if (drain) {
                if (!context.idle()) {
                    return new Step.Pending(new Phases(left, true));
                }
                left = left.subList(1, left.size());
                drain = false;
                continue;
            }
            Step step = left.get(0).next(context);
            if (step instanceof Step.Emit emit) {
                return new Step.Emit(emit.action(), rest(left, emit.rest()));
            }
            if (step instanceof Step.Wait wait) {
                return new Step.Wait(wait.untilNanos(), rest(left, wait.rest()));
            }
            if (step instanceof Step.Pending pending) {
                return new Step.Pending(rest(left, pending.rest()));
            }
            drain = true;
        }
        return Step.DONE;
    }

    private static Generator rest(List<Generator> phases, Generator first) {
        return new Phases(Mix.with(phases, 0, first), false);
    }

    @Override
    public Generator update(Context context, Completion completion) {
        return phases.isEmpty() || draining ? this : rest(phases, phases.get(0).update(context, completion));
    }
}
