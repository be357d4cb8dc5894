package dev.umpire.targets.mariadb;

import dev.umpire.harness.sql.SqlAccount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/** Connects to servers at ports of the loopback address. */
final class Connections {

    private static final String MILLIS_TO_CONNECT = "1000";

    private Connections() {}

    /**
     * Connects to the server at a port, for a second at most.
     *
     * @param database that is used; empty: none
     * @throws SQLException if it cannot; then no statement was sent
     */
    static Connection connect(SqlAccount account, String database, int port) throws SQLException {
        return connect(account, database, port, OptionalInt.empty());
    }

    /**
     * The same for a session of the run.
     *
     * @param syncWait what it has as {@code wsrep_sync_wait}; empty: what the server has
     * @throws SQLException if it cannot; then no request was sent
     */
    static Connection connect(SqlAccount account, String database, int port, OptionalInt syncWait) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", account.user());
        if (!account.password().isEmpty()) {
            properties.setProperty("password", account.password());
        }
        properties.setProperty("sslMode", "disable");
        properties.setProperty("connectTimeout", MILLIS_TO_CONNECT);
        properties.setProperty("socketTimeout", MILLIS_TO_CONNECT);
        if (syncWait.isPresent()) {
            properties.setProperty("sessionVariables", "wsrep_sync_wait=" + syncWait.getAsInt());
        }
        return new Driver().connect("jdbc:mariadb://127.0.0.1:" + port + "/" + database, properties);
    }
}
