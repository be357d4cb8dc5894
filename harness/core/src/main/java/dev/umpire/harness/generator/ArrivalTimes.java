package dev.umpire.harness.generator;

import dev.umpire.harness.environment.KeyedRandom;

/**
 * When requests arrive that nobody's answer holds up: a pure function of the seed. Those of a Poisson process have times between
 * them that are drawn from an exponential distribution; even ones come like a clock.
 *
 * @param stream of the numbers that are drawn
 * @param ratePerSecond how many arrive in a second, on average; more than 0
 * @param even whether each comes as long after the one before as all others do
 */
public record ArrivalTimes(String stream, double ratePerSecond, boolean even) implements Pace {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Of the arrivals of a run's sessions. */
    public static final String OF_SESSIONS = "session/arrival";

    public ArrivalTimes {
        if (!(ratePerSecond > 0)) {
            throw new IllegalArgumentException("ratePerSecond: found " + ratePerSecond + ", expected more than 0");
        }
    }

    @Override
    public long firstNanos(Context context) {
        return context.nowNanos() + gapNanos(context.random(), 0);
    }

    /** However late it is: as the times are known beforehand, those that wait need no queue. */
    @Override
    public long nextNanos(Context context, long due, long number) {
        return due + gapNanos(context.random(), number + 1);
    }

    /**
     * The time from an arrival, or from the begin of all, until the one of this number.
     *
     * @param number of the later one, from 0
     * @return nanoseconds, 0 or more
     */
    public long gapNanos(KeyedRandom random, long number) {
        if (even) {
            return Math.round((number + 1) * NANOS_PER_SECOND / ratePerSecond)
                    - Math.round(number * NANOS_PER_SECOND / ratePerSecond);
        }
        // StrictMath, as others may differ in the last bit from one machine to another
        double drawn = -StrictMath.log(1 - random.stream(stream).unit(number));
        return Math.round(drawn * NANOS_PER_SECOND / ratePerSecond);
    }
}
