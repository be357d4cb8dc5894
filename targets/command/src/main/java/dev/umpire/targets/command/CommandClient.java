package dev.umpire.targets.command;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import java.util.concurrent.CompletionStage;

/** A session's requests. The process outlives it, so that a session that moves to another node does not start one each time. */
final class CommandClient implements Client {
    private final ClientProcess process;
    private final LogPositions positions;
    private final AskedNode.Route route;
    private boolean closed;

    /**
     * A client of one session.
     *
     * @param positions those of the session, whichever client it had before
     */
    CommandClient(ClientProcess process, LogPositions positions, AskedNode.Route route) {
        this.process = process;
        this.positions = positions;
        this.route = route;
    }

    @Override
    public Node route(Request request) {
        return route.of(request);
    }

    @Override
    public CompletionStage<Response> invoke(Request request, Node node) {
        return process.ask(positions.placed(request), node).whenComplete((response, failure) -> {
            if (response instanceof Response.Info) {
                process.distrust();
            } else if (failure == null && !closed) {
                positions.hear(request, response);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        process.abandon();
    }
}
