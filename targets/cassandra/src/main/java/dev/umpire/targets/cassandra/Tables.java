package dev.umpire.targets.cassandra;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * The keyspace of a run, with a table of keys and one that stays empty.
 *
 * @param keyspace its name
 */
record Tables(String keyspace) {

    /** That of a cluster which is started for a run. */
    static final String KEYSPACE = "umpire";

    private static final String REGISTERS = "registers";
    private static final String NOTHING = "nothing";

    /** The table of keys, as a statement names it. */
    String registers() {
        return keyspace + "." + REGISTERS;
    }

    /** A row that there never is. */
    String nothing() {
        return "SELECT k FROM " + keyspace + "." + NOTHING + " WHERE k = 'nothing'";
    }

    /** A row of the table of keys that there is not, or is of no matter. */
    String noRegister() {
        return "SELECT k FROM " + registers() + " WHERE k = 'nothing'";
    }

    /** Every row, in no order that two nodes would have to share. */
    String allRows() {
        return "SELECT k, v, writetime(v) FROM " + registers();
    }

    /**
     * Makes the keyspace. Completes when the node has it; others hear of it later.
     *
     * @param node who is told
     */
    CompletionStage<AsyncResultSet> makeKeyspace(Coordinators nodes, Node node, Map<String, String> replication) {
        String map = new TreeMap<>(replication)
                .entrySet().stream()
                        .map(one -> "'" + one.getKey().replace("'", "''") + "': '" + one.getValue() + "'")
                        .collect(Collectors.joining(", "));
        return nodes.askOnceConnected(
                node, patient("CREATE KEYSPACE " + keyspace + " WITH replication = {" + map + "}"));
    }

    /** What is made late would be there without anybody who drops it. */
    private static SimpleStatement patient(String statement) {
        return SimpleStatement.newInstance(statement).setTimeout(Coordinators.PATIENCE);
    }

    /** Makes the tables in it, in the same way. */
    CompletionStage<AsyncResultSet> make(Coordinators nodes, Node node, boolean readRepair) {
        // what is asked twice for speed could be answered by another node than the one that the run cut off
        String table = "CREATE TABLE " + registers() + " (k text PRIMARY KEY, v text) WITH read_repair = '"
                + (readRepair ? "BLOCKING" : "NONE")
                + "' AND speculative_retry = 'NEVER' AND additional_write_policy = 'NEVER'";
        return nodes.askOnceConnected(node, patient(table))
                .thenCompose(made -> nodes.askOnceConnected(
                        node, patient("CREATE TABLE " + keyspace + "." + NOTHING + " (k text PRIMARY KEY)")));
    }

    /**
     * Drops what was made: a keyspace in which somebody else has made tables meanwhile stays, with these. Blocks.
     *
     * @throws LaunchException if the nodes refuse it, or do not answer
     */
    void drop(Coordinators nodes) throws IOException {
        try {
            Set<String> others = new HashSet<>(nodes.textsNow(
                    "SELECT table_name FROM system_schema.tables WHERE keyspace_name = '" + keyspace + "'"));
            others.removeAll(Set.of(REGISTERS, NOTHING));
            if (others.isEmpty()) {
                nodes.tellNow("DROP KEYSPACE IF EXISTS " + keyspace);
            } else {
                nodes.tellNow("DROP TABLE IF EXISTS " + registers());
                nodes.tellNow("DROP TABLE IF EXISTS " + keyspace + "." + NOTHING);
            }
        } catch (DriverException e) {
            throw new LaunchException(
                    "the keyspace " + keyspace + " of this run is still in the cluster: " + e.getMessage(), e);
        }
    }
}
