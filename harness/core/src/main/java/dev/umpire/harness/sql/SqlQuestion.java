package dev.umpire.harness.sql;

import dev.umpire.harness.external.Question;
import dev.umpire.harness.launcher.LaunchException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** {@code SELECT 1}, which every server answers without another one. */
public final class SqlQuestion implements Question {

    /** Connects to a port of the loopback address; every call on the connection is bounded by about a second. */
    public interface Dialer {

        /**
         * Connects.
         *
         * @throws SQLException if it cannot
         */
        Connection connect(int port) throws SQLException;
    }

    private final Dialer dialer;

    /** Asked on connections of this dialer. */
    public SqlQuestion(Dialer dialer) {
        this.dialer = dialer;
    }

    @Override
    public String words() {
        return "SELECT 1";
    }

    @Override
    public Line dial(int port, int boundMillis) throws IOException {
        try {
            Connection connection = dialer.connect(port);
            return new SqlLine(connection);
        } catch (SQLException e) {
            if (SqlNodes.isRefusal(e)) {
                throw new LaunchException(
                        "refuses the user: " + e.getMessage()
                                + "; expected --set user=, and --set password-file= where it asks for one",
                        e);
            }
            throw new IOException(e.getMessage(), e);
        }
    }

    private record SqlLine(Connection connection) implements Line {

        @Override
        public void ask() throws IOException {
            try (Statement statement = connection.createStatement()) {
                boolean unused = statement.execute("SELECT 1");
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException ignored) {
                return; // a connection that cannot be closed is closed
            }
        }
    }
}
