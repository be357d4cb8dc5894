package dev.umpire.harness.generator;

/**
 * A rate. Who falls behind, because no session was free, makes up for one action at most: a burst after an outage would be
 * another workload than the one that was asked for.
 *
 * @param stream of the numbers that are drawn
 * @param meanNanos between two actions, in nanoseconds; 1 or more
 */
record Stagger(String stream, long meanNanos) implements Pace {

    @Override
    public long firstNanos(Context context) {
        return context.nowNanos();
    }

    @Override
    public long nextNanos(Context context, long due, long number) {
        long gap = context.random().stream(stream).between(0, 2 * meanNanos, number);
        return Math.max(due, context.nowNanos() - meanNanos) + gap;
    }
}
