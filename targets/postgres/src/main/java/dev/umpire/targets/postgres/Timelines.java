package dev.umpire.targets.postgres;

import dev.umpire.harness.sql.SqlPlaces;

/**
 * Whether the log has gone one way since the run began. A promotion begins another timeline, in which places are given once
 * more: those of the two cannot be compared. Thread-safe.
 */
final class Timelines {

    /**
     * At a standby alone. A commit can be read a moment before the standby says that it is replayed, and never before it is
     * received: a standby that had replayed, before the read, as much as it has received after it, has shown exactly that. One
     * that recovers alone has received less than it replays.
     */
    private static final String REPLAYED =
            "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() - '0/0'::pg_lsn END";

    private static final String RECEIVED =
            "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() - '0/0'::pg_lsn END";

    private volatile boolean one = true;

    /** Is told before a standby is promoted. */
    void another() {
        one = false;
    }

    /** How a standby tells as of which place in the log it has answered, as long as there is one log. */
    SqlPlaces places() {
        return new SqlPlaces(REPLAYED, RECEIVED, () -> one);
    }
}
