package dev.umpire.targets.testcontainers;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** A connection to one master of a circle. */
final class MariadbConnection extends SqlRegisters {

    /**
     * Classes of errors after which a statement has changed nothing: data exception, constraint, transaction state, transaction
     * rollback, syntax or access.
     */
    private static final List<String> REFUSALS = List.of("22", "23", "25", "40", "42");

    private static final BigInteger BASE = BigInteger.valueOf(48_271);
    private static final BigInteger MODULUS = BigInteger.valueOf(Integer.MAX_VALUE);

    MariadbConnection(Connection connection) {
        super(connection);
    }

    @Override
    String upsert() {
        return "INSERT INTO registers VALUES (?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)";
    }

    @Override
    boolean refused(SQLException error) {
        String state = Optional.ofNullable(error.getSQLState()).orElse("");
        return REFUSALS.stream().anyMatch(state::startsWith);
    }

    /** What the node lacks to replicate from its master; empty: nothing. */
    Optional<String> missingToReplicate() throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet row = statement.executeQuery("SHOW SLAVE STATUS")) {
            if (!row.next()) {
                return Optional.of("is nobody's replica");
            }
            String receives = row.getString("Slave_IO_Running");
            String applies = row.getString("Slave_SQL_Running");
            return receives.equals("Yes") && applies.equals("Yes")
                    ? Optional.empty()
                    : Optional.of("receives: " + receives + ", applies: " + applies);
        }
    }

    /** Each is a master; as far as it has applied the changes of all. */
    @Override
    public Standing standing() throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet row = statement.executeQuery("SELECT @@gtid_current_pos")) {
            row.next();
            return new Standing(true, position(row.getString(1)));
        }
    }

    /**
     * The sum of the last sequence numbers of all domains, {@code 1-1-57,2-2-30}, each of which has a weight of its own: or masters
     * that lack different things could be taken for equally far.
     */
    static long position(String gtids) {
        long position = 0;
        for (String gtid : gtids.split(",", -1)) {
            if (!gtid.isBlank()) {
                String[] parts = gtid.strip().split("-", -1);
                position += weight(Integer.parseInt(parts[0])) * Long.parseLong(parts[2]);
            }
        }
        return position;
    }

    /** Powers of a number below a prime, of which no sum of a few is another one. */
    private static long weight(int domain) {
        return BASE.modPow(BigInteger.valueOf(domain + 1L), MODULUS).longValueExact();
    }
}
