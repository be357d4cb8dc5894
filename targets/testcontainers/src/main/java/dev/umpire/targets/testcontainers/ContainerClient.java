package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A session's connections, one to each node that it has asked, used on the session's own thread. */
final class ContainerClient implements Client {
    private final Machines machines;
    private final Session session;
    private final Routes.Route route;
    private final Map<Node, StoreConnection> connections = new HashMap<>(); // on the session's thread

    ContainerClient(Machines machines, Session session, Routes.Route route) {
        this.machines = machines;
        this.session = session;
        this.route = route;
    }

    @Override
    public Node route(Request request) {
        return route.of(request);
    }

    @Override
    public CompletionStage<Response> invoke(Request request, Node node) {
        return machines.environment().blocking(thread(), () -> call(request, node));
    }

    private String thread() {
        return "session-" + session.number();
    }

    private Response call(Request request, Node node) {
        StoreConnection connection;
        try {
            StoreConnection known = connections.get(node);
            connection = known == null ? machines.connect(session, node) : known;
            connections.put(node, connection);
        } catch (Exception notConnected) {
            return new Response.Fail("not connected to " + node + ", nothing was sent: " + notConnected.getMessage());
        }
        try {
            return connection.ask(request);
        } catch (Exception broken) {
            // an answer that comes late must not be taken for that to another request
            connections.remove(node);
            connection.close();
            return new Response.Info("asked " + node + ": " + broken.getMessage());
        }
    }

    @Override
    public void close() {
        // after what is under way, as connections belong to that thread; an answer comes late and is ignored
        CompletionStage<Boolean> unused = machines.environment().blocking(thread(), () -> {
            connections.values().forEach(StoreConnection::close);
            connections.clear();
            return true;
        });
    }
}
