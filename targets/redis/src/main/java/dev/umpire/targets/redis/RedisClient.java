package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.ReadRouting;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.StoredText;
import dev.umpire.histories.value.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** A session's connections, one to each node that it has asked, used on the session's own thread. */
final class RedisClient implements Client {

    /** Longer than any operation timeout: the run gives up first and closes the client. */
    private static final int SOCKET_MILLIS = 30_000;

    private static final int WAIT_MILLIS = 500;

    /** Errors with which Redis refuses a command before it does anything. */
    private static final List<String> REFUSALS =
            List.of("READONLY", "MASTERDOWN", "LOADING", "MOVED", "NOREPLICAS", "MISCONF", "OOM", "WRONGTYPE");

    private final RedisNodes redis;
    private final ReadRouting routing;
    private final int session;
    private final Node home;
    private final Sockets sockets = new Sockets();
    private final Map<Node, Jedis> connections = new HashMap<>(); // on the session's thread

    RedisClient(RedisNodes redis, ReadRouting routing, Session session, Node home) {
        this.redis = redis;
        this.routing = routing;
        this.session = session.number();
        this.home = home;
    }

    @Override
    public Node route(Request request) {
        return routing.route(request, session, home);
    }

    @Override
    public CompletionStage<Response> invoke(Request request, Node node) {
        return redis.environment().blocking("session-" + session, () -> call(request, node));
    }

    private Response call(Request request, Node node) {
        Jedis jedis;
        try {
            jedis = connection(node);
        } catch (JedisException notConnected) {
            return new Response.Fail("not connected to " + node + ", nothing was sent: " + notConnected.getMessage());
        }
        try {
            return switch (request.function()) {
                case Request.READ -> Response.ok(value(jedis.get(redis.keys().of(request.requireKey()))));
                case Request.WRITE -> write(jedis, request);
                case Request.SNAPSHOT -> snapshot(jedis, request);
                default ->
                    new Response.Fail("function: found " + request.function() + ", expected read, write or snapshot");
            };
        } catch (JedisDataException error) {
            String message = String.valueOf(error.getMessage());
            boolean refused = REFUSALS.stream().anyMatch(message::startsWith);
            return refused ? new Response.Fail(message) : new Response.Info(message);
        } catch (JedisException broken) {
            return new Response.Info("asked " + node + ": " + broken.getMessage());
        }
    }

    private Jedis connection(Node node) {
        Jedis known = connections.get(node);
        if (known == null) {
            known = sockets.connect(redis.ports().client(node), SOCKET_MILLIS);
            connections.put(node, known);
        }
        return known;
    }

    private Response write(Jedis jedis, Request request) {
        jedis.set(redis.keys().toWrite(request.requireKey()), request.argument().toString());
        int wanted = redis.settings().replicasToWait();
        return wanted == 0 ? Response.done() : confirmed(jedis, wanted);
    }

    /** The write is done already: whatever WAIT answers, it did not fail. */
    private static Response confirmed(Jedis jedis, int wanted) {
        try {
            long confirmed = jedis.waitReplicas(wanted, WAIT_MILLIS);
            return confirmed >= wanted
                    ? Response.done()
                    : new Response.Info(
                            confirmed + " of " + wanted + " replicas confirmed within " + WAIT_MILLIS + " ms");
        } catch (JedisDataException error) {
            return new Response.Info("written, and then WAIT answered: " + error.getMessage());
        }
    }

    private Response snapshot(Jedis jedis, Request request) {
        if (!(request.argument() instanceof Value.Sequence keys)) {
            throw new IllegalArgumentException(
                    "argument: found " + request.argument() + ", expected a sequence of keys");
        }
        List<String> values =
                jedis.mget(keys.elements().stream().map(redis.keys()::of).toArray(String[]::new));
        Map<Value, Value> seen = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            seen.put(keys.elements().get(i), value(values.get(i)));
        }
        return Response.ok(new Value.MapOf(seen));
    }

    private static Value value(@Nullable String stored) {
        return stored == null ? Value.NIL : StoredText.value(stored);
    }

    /** Closes the sockets, so that a call under way ends and gives the session's thread back. */
    @Override
    public void close() {
        sockets.close();
    }
}
