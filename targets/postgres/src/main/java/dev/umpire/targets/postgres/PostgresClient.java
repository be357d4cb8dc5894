package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A session's connections, one to each node that it has asked, used on the session's own thread. */
final class PostgresClient implements Client {

    /** Longer than any operation timeout: the run gives up first and closes the client. */
    private static final int SOCKET_MILLIS = 30_000;

    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /**
     * Classes of errors after which a statement outside a transaction block has changed nothing: cannot connect now, data
     * exception, constraint, transaction state, transaction rollback, syntax or access, resources, object state.
     */
    private static final List<String> REFUSALS = List.of("22", "23", "25", "40", "42", "53", "55", "57P03");

    /** Of class 40, and yet nobody knows. */
    private static final String COMPLETION_UNKNOWN = "40003";

    private static final Response NOT_YET =
            new Response.Info("the standby has not yet replayed what the session knows");

    private final Layout layout;
    private final Function<Request, Node> routing;
    private final int session;
    private final Token token;
    private final Map<Node, Connection> connections = new HashMap<>(); // on the session's thread
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    PostgresClient(Layout layout, Function<Request, Node> routing, int session, Token token) {
        this.layout = layout;
        this.routing = routing;
        this.session = session;
        this.token = token;
    }

    @Override
    public Node route(Request request) {
        return routing.apply(request);
    }

    @Override
    public CompletionStage<Response> invoke(Request request, Node node) {
        boolean byToken =
                layout.settings().reads() == Reads.TOKEN && request.at().isEmpty();
        if (!byToken) {
            return onThread(() -> asked(node, connection -> Statements.execute(connection, request)));
        }
        if (!request.onlyReads()) {
            return onThread(() -> asked(node, connection -> withToken(connection, request)));
        }
        CompletableFuture<Response> answer = new CompletableFuture<>();
        readWhenReplayed(request, node, answer);
        return answer;
    }

    /** Asks again and again whether the standby has what the session knows; the operation timeout bounds it. */
    private void readWhenReplayed(Request request, Node node, CompletableFuture<Response> answer) {
        onThread(() -> asked(node, connection -> readIfReplayed(connection, request)))
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    } else if (response.equals(NOT_YET) && !closed) {
                        layout.environment().schedule(BETWEEN_NANOS, () -> readWhenReplayed(request, node, answer));
                    } else {
                        answer.complete(response);
                    }
                });
    }

    private Response readIfReplayed(Connection connection, Request request) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT NOT pg_is_in_recovery() OR pg_last_wal_replay_lsn() - '0/0'::pg_lsn >= ?")) {
            statement.setLong(1, token.place());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    return NOT_YET;
                }
            }
        }
        Response response = Statements.execute(connection, request);
        if (!(response instanceof Response.Ok)) {
            return response;
        }
        Optional<Long> seen = received(connection);
        if (seen.isEmpty()) {
            return new Response.Info("the standby does not say how much of the log it has, so nor does its answer");
        }
        token.advance(seen.get());
        return response;
    }

    /**
     * A place in the log by which everything stands that could be read before. A commit can be read a moment before the
     * standby says that it is replayed, but never before it is received; a standby that recovers alone has received less
     * than it replays, and says nothing.
     */
    private static Optional<Long> received(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_current_wal_insert_lsn() - '0/0'::pg_lsn"
                                + " WHEN pg_last_wal_receive_lsn() >= pg_last_wal_replay_lsn()"
                                + " THEN pg_last_wal_receive_lsn() - '0/0'::pg_lsn END")) {
            row.next();
            long place = row.getLong(1);
            return row.wasNull() ? Optional.empty() : Optional.of(place);
        }
    }

    /** Every commit that was acknowledged stands before the place where the next record will be. */
    private Response withToken(Connection connection, Request request) throws SQLException {
        Response response = Statements.execute(connection, request);
        if (response instanceof Response.Ok) {
            try {
                Optional<Long> place = received(connection);
                if (place.isEmpty()) {
                    return new Response.Info("done, but its place in the log is not known");
                }
                token.advance(place.get());
            } catch (SQLException unknown) {
                return new Response.Info("done, but its place in the log is not known: " + unknown.getMessage());
            }
        }
        return response;
    }

    private interface Asked {
        Response ask(Connection connection) throws SQLException;
    }

    private interface Call {
        Response call();
    }

    private CompletionStage<Response> onThread(Call call) {
        return layout.environment().blocking("session-" + session, call::call);
    }

    private Response asked(Node node, Asked question) {
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
            boolean refused = REFUSALS.stream().anyMatch(state::startsWith) && !state.equals(COMPLETION_UNKNOWN);
            String message = node + ": " + error.getMessage() + " (" + state + ")";
            return refused ? new Response.Fail(message) : new Response.Info(message);
        }
    }

    private Connection connection(Node node) throws SQLException {
        Connection known = connections.get(node);
        if (known == null) {
            known = Connections.connect(layout.at(node).port(), "session-" + session);
            open.add(known);
            if (closed) {
                close();
                throw new SQLException("closed by the session");
            }
            known.setNetworkTimeout(Runnable::run, SOCKET_MILLIS);
            connections.put(node, known);
        }
        return known;
    }

    /** Closes the sockets, so that a call under way ends and gives the session's thread back. */
    @Override
    public void close() {
        closed = true;
        open.forEach(PostgresClient::abort);
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException ignored) {
            return; // a connection that cannot be closed is closed
        }
    }
}
