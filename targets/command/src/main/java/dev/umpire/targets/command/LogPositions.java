package dev.umpire.targets.command;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From where a session polls each log next: kept here, as its client may be started again at any time. Used on the loop. */
final class LogPositions {

    private final Map<Value, Long> next = new HashMap<>();

    /** The same request; a poll says the first offset that it wants. */
    Request placed(Request request) {
        return request.function().equals(Request.POLL)
                ? new Request(
                        request.function(),
                        request.key(),
                        Value.of(next.getOrDefault(request.requireKey(), 0L)),
                        request.at(),
                        request.finalPhase())
                : request;
    }

    /** The session has heard this answer. */
    void hear(Request request, Response response) {
        if (!request.function().equals(Request.POLL)
                || !(response instanceof Response.Ok ok)
                || !(ok.result().orElse(Value.NIL) instanceof Value.Sequence messages)
                || messages.elements().isEmpty()) {
            return;
        }
        List<Value> all = messages.elements();
        if (all.get(all.size() - 1) instanceof Value.Sequence last
                && last.elements().get(0) instanceof Value.Int offset) {
            next.put(request.requireKey(), offset.value() + 1);
        }
    }
}
