package dev.umpire.targets.mariadb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a node says of its membership in a Galera cluster.
 *
 * @param ready {@code wsrep_ready}: whether it takes statements
 * @param state {@code wsrep_local_state_comment}: {@code Synced}, {@code Joining: receiving State Transfer}
 * @param component {@code wsrep_cluster_status}: {@code Primary}, of those that have a quorum
 * @param view {@code wsrep_cluster_conf_id}: the number of the group as it believes it to be, a new one with each change
 * @param size {@code wsrep_cluster_size}: of how many nodes, as it believes
 * @param members {@code wsrep_incoming_addresses}: where each of them is asked, as it believes; {@code 127.0.0.1:3306,} and so on
 * @param committed {@code wsrep_last_committed}: how far it has come in the order of all
 */
record Membership(
        boolean ready, String state, String component, String view, int size, String members, long committed) {

    private static final String QUESTION = "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready',"
            + " 'wsrep_local_state_comment', 'wsrep_cluster_status', 'wsrep_cluster_conf_id', 'wsrep_cluster_size',"
            + " 'wsrep_incoming_addresses', 'wsrep_last_committed')";

    static Membership of(Connection connection) throws SQLException {
        Map<String, String> said = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUESTION)) {
            while (rows.next()) {
                said.put(rows.getString(1), rows.getString(2));
            }
        }
        return new Membership(
                said.getOrDefault("wsrep_ready", "").equals("ON"),
                said.getOrDefault("wsrep_local_state_comment", "no member of a cluster"),
                said.getOrDefault("wsrep_cluster_status", "unknown"),
                said.getOrDefault("wsrep_cluster_conf_id", "none"),
                Integer.parseInt(said.getOrDefault("wsrep_cluster_size", "0")),
                said.getOrDefault("wsrep_incoming_addresses", ""),
                Long.parseLong(said.getOrDefault("wsrep_last_committed", "-1")));
    }

    /** The same, once the node has all that the cluster had committed when it was asked; of one that is not ready, at once. */
    static Membership afterAll(Connection connection) throws SQLException {
        if (of(connection).ready()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION wsrep_sync_wait = 1");
                statement.execute("SELECT count(*) FROM ids WHERE id = 0");
            }
        }
        return of(connection);
    }

    /** Whether it takes statements as one of so many. */
    boolean readyAmong(int nodes) {
        return ready && state.equals("Synced") && hasQuorum() && size == nodes;
    }

    /** Whether it is one of those who go on. */
    boolean hasQuorum() {
        return component.equals("Primary");
    }

    /** Whether one that is asked at a port is among the members. */
    boolean counts(int port) {
        return Arrays.stream(members.split(",")).anyMatch(member -> member.endsWith(":" + port));
    }

    /** In a few words, for people. */
    String describe() {
        return (ready ? "is ready" : "is not ready") + ", " + state + ", one of " + size + " (" + component
                + "), has committed " + committed;
    }
}
