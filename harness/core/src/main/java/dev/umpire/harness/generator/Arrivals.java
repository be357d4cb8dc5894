package dev.umpire.harness.generator;

import java.util.OptionalLong;

/**
 * An open loop: actions arrive at their times, however long earlier ones take. One that arrives while nobody is free waits for
 * its turn, and all that come behind it too; none is left out. As the times are known beforehand, those that wait need no
 * queue: they are the numbers from {@code number} on whose time has come.
 *
 * @param number of the next arrival
 * @param dueNanos when it arrives; empty: nobody asked yet, which begins the time
 */
record Arrivals(ArrivalTimes times, long number, OptionalLong dueNanos, Generator of) implements Generator {

    @Override
    public Step next(Context context) {
        long due = dueNanos.orElseGet(() -> context.nowNanos() + times.gapNanos(context.random(), number));
        if (context.nowNanos() < due) {
            return new Step.Wait(due, rest(due, of));
        }
        Step step = of.next(context);
        if (step instanceof Step.Emit emit) {
            long next = due + times.gapNanos(context.random(), number + 1);
            return new Step.Emit(
                    emit.action().intendedAt(due), new Arrivals(times, number + 1, OptionalLong.of(next), emit.rest()));
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
        return same ? this : new Arrivals(times, number, OptionalLong.of(due), rest);
    }

    @Override
    public Generator update(Context context, Completion completion) {
        Generator updated = of.update(context, completion);
        return updated == of ? this : new Arrivals(times, number, dueNanos, updated);
    }
}
