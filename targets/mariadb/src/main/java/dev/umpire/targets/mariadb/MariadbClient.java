package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.sql.SqlSession;
import dev.umpire.harness.sql.SqlStatements;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A session that writes at the owner of the key, or where it is itself, and reads at the node that it asks. */
final class MariadbClient implements Client {

    /**
     * Classes of errors after which a statement outside a transaction block has changed nothing: data exception, constraint,
     * transaction state, transaction rollback, syntax or access.
     */
    private static final List<String> REFUSALS = List.of("22", "23", "25", "40", "42");

    /** Of a node of Galera that has no quorum or not all data yet: it refuses a statement before it looks at it. */
    private static final int NOT_READY = 1047;

    private final MariadbNodes mariadb;
    private final Node home;
    private final AskedNode.Route reads;
    private final SqlSession connections;
    private final SqlStatements statements;

    MariadbClient(MariadbNodes mariadb, SqlStatements statements, Session session, Node home) {
        this.mariadb = mariadb;
        this.statements = statements;
        this.home = home;
        this.reads = mariadb.settings()
                .reads()
                .route(
                        mariadb.nodes(),
                        session.number(),
                        home,
                        mariadb.environment().random().stream("mariadb/route").split(session.number()));
        this.connections = new SqlSession(
                mariadb.sessions(), session.number(), state -> REFUSALS.stream().anyMatch(state::startsWith));
    }

    @Override
    public Node route(Request request) {
        if (request.at().isPresent() || request.onlyReads()) {
            return reads.of(request);
        }
        return mariadb.settings().oneWriter() ? request.key().map(this::owner).orElse(home) : home;
    }

    /** By the key's text: the same on every machine. */
    private Node owner(Value key) {
        List<Node> nodes = mariadb.nodes();
        return nodes.get(Math.floorMod(key.toString().hashCode(), nodes.size()));
    }

    @Override
    public CompletionStage<Response> invoke(Request request, Node node) {
        return connections.ask(node, connection -> executed(node, connection, request));
    }

    private Response executed(Node node, Connection connection, Request request) throws SQLException {
        try {
            return statements.execute(connection, request);
        } catch (SQLException error) {
            if (error.getErrorCode() != NOT_READY) {
                throw error;
            }
            return new Response.Fail(node + " is no member that is ready, and refused: " + error.getMessage());
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
