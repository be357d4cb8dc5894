package dev.umpire.harness.generator;

import java.util.OptionalLong;

/** A rest before a generator, counted from when it is first asked. */
record Delay(long nanos, OptionalLong beginNanos, Generator then) implements Generator {

    @Override
    public Step next(Context context) {
        long begin = beginNanos.orElse(context.nowNanos() + nanos);
        return context.nowNanos() >= begin
                ? then.next(context)
                : new Step.Wait(begin, new Delay(nanos, OptionalLong.of(begin), then));
    }

    @Override
    public Generator update(Context context, Completion completion) {
        return new Delay(nanos, beginNanos, then.update(context, completion));
    }
}
