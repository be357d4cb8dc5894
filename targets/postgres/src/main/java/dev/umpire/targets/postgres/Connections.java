package dev.umpire.targets.postgres;

import dev.umpire.harness.sql.SqlAccount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** Connects to servers at ports of the loopback address. */
final class Connections {

    private static final String SECONDS_TO_CONNECT = "1";

    private Connections() {}

    /**
     * Connects to the server at a port, for a second at most.
     *
     * @param schema in which unqualified names lie; empty: as the server has it
     * @param name by which the server knows the connection
     * @throws SQLException if it cannot; then no statement was sent
     */
    static Connection connect(SqlAccount account, String schema, int port, String name) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", account.user());
        if (!account.password().isEmpty()) {
            properties.setProperty("password", account.password());
        }
        if (!schema.isEmpty()) {
            properties.setProperty("currentSchema", schema);
        }
        properties.setProperty("ApplicationName", name);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("assumeMinServerVersion", "12");
        properties.setProperty("loginTimeout", SECONDS_TO_CONNECT);
        properties.setProperty("connectTimeout", SECONDS_TO_CONNECT);
        properties.setProperty("socketTimeout", SECONDS_TO_CONNECT);
        return new Driver().connect("jdbc:postgresql://127.0.0.1:" + port + "/" + account.database(), properties);
    }
}
