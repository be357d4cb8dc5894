package dev.umpire.harness.generator;

import java.util.OptionalLong;

/**
 * Actions that fall due at a pace. One that is due while nobody is free waits for its turn, and all that come behind it too; none
 * is left out, and each was intended for the time at which it fell due.
 *
 * @param number of the next action, from 0
 * @param dueNanos when it is due; empty: nobody asked yet, which begins the time
 */
record Paced(Pace pace, long number, OptionalLong dueNanos, Generator of) implements Generator {

    @Override
    public Step next(Context context) {
        long due = dueNanos.orElseGet(() -> pace.firstNanos(context));
        if (context.nowNanos() < due) {
            return new Step.Wait(due, rest(due, of));
        }
        Step step = of.next(context);
        if (step instanceof Step.Emit emit) {
            OptionalLong next = OptionalLong.of(pace.nextNanos(context, due, number));
            return new Step.Emit(emit.action().intendedAt(due), new Paced(pace, number + 1, next, emit.rest()));
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
        boolean same = rest == of && dueNanos.isPresent() && dueNanos.getAsLong() == due;
        return same ? this : new Paced(pace, number, OptionalLong.of(due), rest);
    }

    @Override
    public Generator update(Context context, Completion completion) {
        Generator updated = of.update(context, completion);
        return updated == of ? this : new Paced(pace, number, dueNanos, updated);
    }
}
