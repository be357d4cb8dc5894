package dev.umpire.harness.sql;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Nodes that are asked in SQL, each question on a connection of its own.
 *
 * @param dialer connects to one of them
 * @param refused what to say of a node that refuses the user
 */
public record SqlNodes(Environment environment, Dialer dialer, Function<Node, IOException> refused) {

    /** As whom all connect to nodes that were started here. */
    public static final String USER = "umpire";

    /** The class of error codes of an authorization that is refused, which asking again does not mend. */
    private static final String REFUSED = "28";

    private static final int LEAST_CONNECTIONS = 300;
    private static final int RESERVE = 100;

    /** Connects to a node; every call on the connection is bounded by about a second. */
    public interface Dialer {

        /**
         * Connects to a node.
         *
         * @param name by which the node knows the connection, where it can
         * @throws SQLException if it cannot; then no statement was sent
         */
        Connection connect(Node node, String name) throws SQLException;
    }

    /**
     * How many connections a node shall bear: of each session the one that it uses and one that it gave up and the node has not
     * ended yet, and those of the harness's own questions, which must not wait for sessions.
     *
     * @param sessions how many will connect; 0: nobody knows
     */
    public static int mostConnections(int sessions) {
        return Math.max(LEAST_CONNECTIONS, 2 * sessions + RESERVE);
    }

    /** What is asked on a connection. */
    public interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    /**
     * Asks a node a question of its own.
     *
     * @return empty if it does not answer within about a second; a failure that says so if it refuses the user
     */
    public <T> CompletionStage<Optional<T>> ask(Node node, Question<T> question) {
        return environment.blocking("ask-" + node, () -> answer(node, question));
    }

    /**
     * The same. Blocks.
     *
     * @throws CompletionException if the node refuses the user
     */
    public <T> Optional<T> answer(Node node, Question<T> question) {
        try (Connection connection = dialer.connect(node, USER)) {
            return Optional.of(question.ask(connection));
        } catch (SQLException noAnswer) {
            if (isRefusal(noAnswer)) {
                throw new CompletionException(refused.apply(node));
            }
            return Optional.empty();
        }
    }

    /** Whether a node refuses the user. */
    static boolean isRefusal(SQLException failure) {
        return String.valueOf(failure.getSQLState()).startsWith(REFUSED);
    }

    /**
     * Runs statements at a node. Blocks.
     *
     * @throws IOException if it refuses one, or does not answer
     */
    public void tell(Node node, String... statements) throws IOException {
        try (Connection connection = dialer.connect(node, USER);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IOException(node + ": " + e.getMessage(), e);
        }
    }
}
