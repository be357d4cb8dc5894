package dev.umpire.harness.run;

import dev.umpire.harness.generator.Action;
import dev.umpire.harness.generator.Completion;
import dev.umpire.harness.generator.Context;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Step;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads of the final phase; one that is not answered is asked again, a few times.
 *
 * @param next the first of {@code requests} that was not asked yet
 * @param again those to be asked again
 * @param underWay how many were asked and not answered
 * @param tries how often a request was refused
 */
record FinalReads(List<Request> requests, int next, List<Request> again, int underWay, Map<Request, Integer> tries)
        implements Generator {

    private static final int MOST_TRIES = 5;

    static Generator of(List<Request> requests) {
        return new FinalReads(List.copyOf(requests), 0, List.of(), 0, Map.of());
    }

    @Override
    public Step next(Context context) {
        boolean fresh = next < requests.size();
        if (!fresh && again.isEmpty()) {
            return underWay == 0 ? Step.DONE : new Step.Pending(this);
        }
        if (!context.anyFree()) {
            return new Step.Pending(this);
        }
        Request request = fresh ? requests.get(next) : again.get(0);
        return new Step.Emit(
                new Action.Ask(request),
                new FinalReads(
                        requests,
                        fresh ? next + 1 : next,
                        fresh ? again : again.subList(1, again.size()),
                        underWay + 1,
                        tries));
    }

    @Override
    public Generator update(Context context, Completion completion) {
        if (!(completion instanceof Completion.Answered answered)
                || !answered.request().finalPhase()) {
            return this;
        }
        if (answered.response() instanceof Response.Ok) {
            return new FinalReads(requests, next, again, underWay - 1, tries);
        }
        Map<Request, Integer> tried = new HashMap<>(tries);
        int count = tried.merge(answered.request(), 1, Integer::sum);
        List<Request> left = count < MOST_TRIES
                ? Stream.concat(again.stream(), Stream.of(answered.request())).toList()
                : again;
        return new FinalReads(requests, next, left, underWay - 1, Map.copyOf(tried));
    }
}
