package dev.umpire.harness.junit.live;

import dev.umpire.harness.junit.recording.AsValue;
import dev.umpire.harness.junit.recording.RecordedSession;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A session of a test that speaks through the target's own client, so that what it is told is recorded as in a run: the node
 * that answered, versions, and whether a failure is certain.
 *
 * <p>A request that is not answered in time, or of which nobody knows the outcome, ends the connection, and the next one
 * connects anew. Thread-safe; one request at a time.
 */
public final class LiveSession {
    private final LiveCluster cluster;
    private final Session session;
    private final RecordedSession recorded;
    private final Duration timeout;
    private Node home;
    private @Nullable Client client;

    /** The connection of a request, and the node to which it goes. */
    private record Way(Client client, Node node) {}

    /**
     * @param home at which node it begins
     * @param timeout without an answer for this long the outcome is unknown
     */
    LiveSession(LiveCluster cluster, Session session, RecordedSession recorded, Node home, Duration timeout) {
        this.cluster = cluster;
        this.session = session;
        this.recorded = recorded;
        this.home = home;
        this.timeout = timeout;
    }

    /**
     * Moves to a node; the read routing of the target says what that means.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public synchronized LiveSession moveTo(String node) {
        Node next = cluster.node(node);
        if (!next.equals(home)) {
            disconnect();
            home = next;
        }
        return this;
    }

    /** Reads a key; an answer that is OK has its value as the result. */
    public Response read(Object key) {
        return ask(Request.read(AsValue.of(key)));
    }

    /**
     * Reads a key at one node, whatever the read routing says.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public Response readAt(String node, Object key) {
        return ask(new Request(
                Request.READ, Optional.of(AsValue.of(key)), Value.NIL, Optional.of(cluster.node(node)), false));
    }

    /** Writes a key. A value should be written to a key only once, so that a read tells which write it saw. */
    public Response write(Object key, Object value) {
        return ask(Request.write(AsValue.of(key), AsValue.of(value)));
    }

    /** Any request that the target understands; waits for its answer, or until the outcome counts as unknown. */
    public synchronized Response ask(Request request) {
        Way way;
        try {
            way = cluster.ask("session " + session.number() + " to connect", running -> {
                Client connected = connected(running);
                return CompletableFuture.completedStage(new Way(connected, connected.route(request)));
            });
        } catch (IllegalStateException notConnected) {
            Response refused = new Response.Fail("no connection: " + notConnected.getMessage());
            return recorded.at(home.name()).request(request, () -> refused); // nothing was sent
        }
        Response response = recorded.at(way.node().name()).request(request, () -> answer(way, request));
        if (response instanceof Response.Info) {
            disconnect();
        }
        return response;
    }

    private Client connected(Cluster running) {
        Client connected = client == null ? running.connect(session, home) : client;
        client = connected;
        return connected;
    }

    private Response answer(Way way, Request request) {
        try {
            return cluster.ask(
                    request.function() + " at " + way.node(),
                    timeout,
                    running -> way.client().invoke(request, way.node()));
        } catch (IllegalStateException noAnswer) {
            return new Response.Info(String.valueOf(noAnswer.getMessage()));
        }
    }

    /** Gives the connection back. */
    synchronized void disconnect() {
        Client connected = client;
        client = null;
        if (connected != null) {
            boolean unused = cluster.ask("a connection to be closed", running -> {
                connected.close();
                return CompletableFuture.completedStage(true);
            });
        }
    }
}
