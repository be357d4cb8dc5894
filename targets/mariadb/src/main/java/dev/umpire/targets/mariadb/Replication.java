package dev.umpire.targets.mariadb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a node says of its replication.
 *
 * @param receives {@code Slave_IO_Running}: {@code Yes} while it is connected to its master
 * @param applies {@code Slave_SQL_Running}: {@code No} after a change that did not fit
 * @param error why it does not; else empty
 * @param received how far it has its master's log
 * @param applied how far it has applied what it has, its own changes included
 */
record Replication(String receives, String applies, String error, Position received, Position applied) {

    private static final String YES = "Yes";
    private static final String NO = "No";

    static Replication of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Position applied = position(statement, "SELECT @@gtid_current_pos");
            try (ResultSet row = statement.executeQuery("SHOW SLAVE STATUS")) {
                if (!row.next()) {
                    throw new SQLException("SHOW SLAVE STATUS: found no row, expected that of a replica");
                }
                return new Replication(
                        row.getString("Slave_IO_Running"),
                        row.getString("Slave_SQL_Running"),
                        row.getString("Last_SQL_Error"),
                        Position.of(row.getString("Gtid_IO_Pos")),
                        applied);
            }
        }
    }

    /** Lets a node change the row that it alone changes; where its log is then. */
    static Position mark(Connection connection, String node) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE marks SET n = n + 1 WHERE node = ?");
                Statement question = connection.createStatement()) {
            update.setString(1, node);
            update.executeUpdate();
            return position(question, "SELECT @@last_gtid");
        }
    }

    private static Position position(Statement statement, String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            row.next();
            return Position.of(row.getString(1));
        }
    }

    boolean runs() {
        return receives.equals(YES) && applies.equals(YES);
    }

    /** Whether it met a change that did not fit; a replica stands still then until somebody tells it to go on. */
    boolean stopped() {
        return applies.equals(NO) && !error.isEmpty();
    }

    /** In a few words, for people. */
    String describe() {
        return "receives: " + receives + ", applies: " + applies + ", has applied " + applied.sequences()
                + (error.isEmpty() ? "" : " (" + error + ")");
    }
}
