package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.sql.SqlSession;
import dev.umpire.harness.sql.SqlStatements;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A session that asks each node in SQL, and waits where a standby lacks what it knows. */
final class PostgresClient implements Client {

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

    private final PostgresNodes postgres;
    private final Function<Request, Node> routing;
    private final SqlSession session;
    private final Token token;
    private final SqlStatements statements;

    PostgresClient(
            PostgresNodes postgres,
            SqlStatements statements,
            Function<Request, Node> routing,
            int session,
            Token token) {
        this.postgres = postgres;
        this.statements = statements;
        this.routing = routing;
        this.session = new SqlSession(postgres.sessions(), session, PostgresClient::refused);
        this.token = token;
    }

    private static boolean refused(String state) {
        return REFUSALS.stream().anyMatch(state::startsWith) && !state.equals(COMPLETION_UNKNOWN);
    }

    @Override
    public Node route(Request request) {
        return routing.apply(request);
    }

    @Override
    public CompletionStage<Response> invoke(Request request, Node node) {
        boolean byToken =
                postgres.settings().reads() == Reads.TOKEN && request.at().isEmpty();
        if (!byToken) {
            return session.ask(node, connection -> statements.execute(connection, request));
        }
        if (!request.onlyReads()) {
            return session.ask(node, connection -> withToken(connection, request));
        }
        CompletableFuture<Response> answer = new CompletableFuture<>();
        readWhenReplayed(request, node, answer);
        return answer;
    }

    /** Asks again and again whether the standby has what the session knows; the operation timeout bounds it. */
    private void readWhenReplayed(Request request, Node node, CompletableFuture<Response> answer) {
        session.ask(node, connection -> readIfReplayed(connection, request)).whenComplete((response, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else if (response.equals(NOT_YET) && !session.closed()) {
                postgres.environment().schedule(BETWEEN_NANOS, () -> readWhenReplayed(request, node, answer));
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
        Response response = statements.execute(connection, request);
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
        Response response = statements.execute(connection, request);
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

    @Override
    public void close() {
        session.close();
    }
}
