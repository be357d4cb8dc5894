package dev.umpire.harness.generator;

/** When the actions of a generator fall due, one after the other. */
interface Pace {

    /** When the first falls due, in nanoseconds since the run began, if it is asked for now. */
    long firstNanos(Context context);

    /**
     * When the next falls due, in nanoseconds since the run began.
     *
     * @param due when the one before it did
     * @param number of the one before it, from 0, which is done now
     */
    long nextNanos(Context context, long due, long number);
}
