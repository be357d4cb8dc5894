package dev.umpire.harness.generator;

/** What a generator answers. */
public sealed interface Step {

    /** Do this now, and go on with {@code rest}. */
    record Emit(Action action, Generator rest) implements Step {}

    /** Nothing before this time, unless something completes first; then ask {@code rest}. */
    record Wait(long untilNanos, Generator rest) implements Step {}

    /** Nothing until something completes; then ask {@code rest}. */
    record Pending(Generator rest) implements Step {}

    /** Nothing ever again. */
    record Done() implements Step {}

    /** The one {@link Done}. */
    Done DONE = new Done();
}
