package dev.umpire.targets.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * What a node says of its replication. Places in the log are in bytes from its beginning, as {@code pg_lsn} counts.
 *
 * @param leads whether it is a primary
 * @param timeline that it writes or receives; {@link #NONE} for a standby that receives none
 * @param received how much of the log it has, flushed
 * @param replayed how much of the log can be read
 */
record Replication(boolean leads, long timeline, long received, long replayed) {

    /** The timeline of a standby that receives none. */
    static final long NONE = 0;

    private static final int CHECKPOINT_MILLIS = 10_000;

    private static final String QUESTION = """
            SELECT NOT standby,
                   CASE WHEN standby THEN coalesce((SELECT received_tli FROM pg_stat_wal_receiver), 0)
                        ELSE ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int END,
                   CASE WHEN standby THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                        ELSE pg_current_wal_flush_lsn() END - '0/0'::pg_lsn,
                   CASE WHEN standby THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END - '0/0'::pg_lsn
            FROM (SELECT pg_is_in_recovery() AS standby) AS node""";

    static Replication of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            row.next();
            return new Replication(row.getBoolean(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
    }

    /** Lets a primary write a message into its log that touches no key, and flush it without waiting for a standby. */
    static long writeMessage(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = local");
            try (ResultSet row =
                    statement.executeQuery("SELECT pg_logical_emit_message(true, 'umpire', '') - '0/0'::pg_lsn")) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Lets a primary make a checkpoint; whether it is one of the timeline that the primary writes. */
    static boolean checkpoint(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, CHECKPOINT_MILLIS);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
            try (ResultSet row = statement.executeQuery("SELECT timeline_id FROM pg_control_checkpoint()")) {
                row.next();
                return row.getLong(1) == of(connection).timeline();
            }
        }
    }

    /** As PostgreSQL writes a place in the log: {@code 0/3000148}. */
    static String place(long bytes) {
        return Long.toHexString(bytes >>> 32).toUpperCase(Locale.ROOT) + "/"
                + Long.toHexString(bytes & 0xFFFF_FFFFL).toUpperCase(Locale.ROOT);
    }

    /** In a few words, for people. */
    String describe() {
        return (leads ? "leads timeline " : "follows timeline ") + timeline + " at " + place(replayed);
    }
}
