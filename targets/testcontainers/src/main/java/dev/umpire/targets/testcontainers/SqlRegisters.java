package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Requests in SQL to one node, which has a table {@code registers} of keys and values. */
abstract class SqlRegisters implements StoreConnection {
    private final Connection connection;

    SqlRegisters(Connection connection) {
        this.connection = connection;
    }

    /** Sets the value of a key, the first parameter, to the second one, whether or not the key has a row. */
    abstract String upsert();

    /** Whether an error says that certainly nothing was written. */
    abstract boolean refused(SQLException error);

    Connection connection() {
        return connection;
    }

    @Override
    public Response ask(Request request) throws SQLException {
        String key = request.requireKey().toString();
        try {
            return request.onlyReads()
                    ? read(key)
                    : write(key, Long.parseLong(request.argument().toString()));
        } catch (SQLException e) {
            if (refused(e)) {
                return new Response.Fail(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private Response read(String key) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement("SELECT value FROM registers WHERE name = ?")) {
            read.setString(1, key);
            try (ResultSet row = read.executeQuery()) {
                return Response.ok(row.next() ? Value.of(row.getLong(1)) : Value.NIL);
            }
        }
    }

    private Response write(String key, long value) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(upsert())) {
            write.setString(1, key);
            write.setLong(2, value);
            write.executeUpdate();
            return Response.done();
        }
    }

    @Override
    public Optional<String> version() throws SQLException {
        return Optional.of(connection.getMetaData().getDatabaseProductVersion());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException ended) {
            return; // it is closed either way
        }
    }
}
