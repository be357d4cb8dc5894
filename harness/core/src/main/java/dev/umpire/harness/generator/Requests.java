package dev.umpire.harness.generator;

import dev.umpire.harness.target.Request;
import java.util.function.LongFunction;

/** Requests by their number, for free sessions. */
record Requests(LongFunction<Request> requests, long number) implements Generator {
    @Override
    public Step next(Context context) {
        return context.anyFree()
                ? new Step.Emit(new Action.Ask(requests.apply(number)), new Requests(requests, number + 1))
                : new Step.Pending(this);
    }
}
