package dev.umpire.harness.sql;

import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** A session's connections, one to each node that it has asked, used on the session's own thread. */
public final class SqlSession implements AutoCloseable {

    /** Longer than any operation timeout: the run gives up first and closes the client. */
    private static final int SOCKET_MILLIS = 30_000;

    private final SqlNodes nodes;
    private final String name;
    private final Predicate<String> refusal;
    private final Map<Node, Connection> connections = new HashMap<>(); // on the session's thread
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * No connection yet.
     *
     * @param session its number
     * @param refusal whether a SQLSTATE says of a statement outside a transaction block that it has changed nothing
     */
    public SqlSession(SqlNodes nodes, int session, Predicate<String> refusal) {
        this.nodes = nodes;
        this.name = "session-" + session;
        this.refusal = refusal;
    }

    /** Asks a node; an error is the response that it allows. */
    public CompletionStage<Response> ask(Node node, SqlNodes.Question<Response> question) {
        return nodes.environment().blocking(name, () -> asked(node, question));
    }

    private Response asked(Node node, SqlNodes.Question<Response> question) {
        Connection connection;
        try {
            connection = connection(node);
        } catch (SQLException notConnected) {
            return new Response.Fail("not connected to " + node + ", nothing was sent: " + notConnected.getMessage());
        }
        try {
            return question.ask(connection);
        } catch (SQLException error) {
            String state = Optional.ofNullable(error.getSQLState()).orElse("");
            String message = node + ": " + error.getMessage() + " (" + state + ")";
            return refusal.test(state) ? new Response.Fail(message) : new Response.Info(message);
        }
    }

    private Connection connection(Node node) throws SQLException {
        Connection known = connections.get(node);
        if (known == null) {
            known = nodes.dialer().connect(node, name);
            open.add(known);
            if (closed) {
                abort(known);
                throw new SQLException("closed by the session");
            }
            known.setNetworkTimeout(Runnable::run, SOCKET_MILLIS);
            connections.put(node, known);
        }
        return known;
    }

    /** Whether it was closed. */
    public boolean closed() {
        return closed;
    }

    /**
     * Closes the sockets, so that a call under way ends and gives the session's thread back. That is done on another thread,
     * as a driver may first ask the node to end what it does.
     */
    @Override
    public void close() {
        closed = true;
        CompletionStage<Void> unused = nodes.environment().blocking("closing-" + name, () -> {
            open.forEach(SqlSession::abort);
            return null;
        });
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException ignored) {
            return; // a connection that cannot be closed is closed
        }
    }
}
