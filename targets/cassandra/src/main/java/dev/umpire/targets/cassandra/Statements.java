package dev.umpire.targets.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.umpire.harness.target.Node;
import java.util.concurrent.CompletionStage;

/** What is asked of the one table, prepared. A key is a row, which its first write makes. */
final class Statements {

    private static final String KEYSPACE = "umpire";
    private static final String TABLE = KEYSPACE + ".registers";

    private static final String EMPTY_TABLE = KEYSPACE + ".nothing";

    /** A row that there never is. */
    static final String NOTHING = "SELECT k FROM " + EMPTY_TABLE + " WHERE k = 'nothing'";

    /** Every row, in no order that two nodes would have to share. */
    static final String ALL_ROWS = "SELECT k, v, writetime(v) FROM " + TABLE;

    private final PreparedStatement read;
    private final PreparedStatement write;
    private final PreparedStatement decide;
    private final PreparedStatement swap;
    private final PreparedStatement claim;

    private Statements(
            PreparedStatement read,
            PreparedStatement write,
            PreparedStatement decide,
            PreparedStatement swap,
            PreparedStatement claim) {
        this.read = read;
        this.write = write;
        this.decide = decide;
        this.swap = swap;
        this.claim = claim;
    }

    /**
     * Makes the table, and one that stays empty, with a replica at each of so many nodes. Completes when the node has them;
     * others hear of it later.
     *
     * @param node who is told
     */
    static CompletionStage<?> makeTables(Coordinators nodes, Node node, int replicas, boolean readRepair) {
        String keyspace = "CREATE KEYSPACE " + KEYSPACE
                + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': " + replicas + "}";
        // what is asked twice for speed could be answered by another node than the one that the run cut off
        String table = "CREATE TABLE " + TABLE + " (k text PRIMARY KEY, v text) WITH read_repair = '"
                + (readRepair ? "BLOCKING" : "NONE")
                + "' AND speculative_retry = 'NEVER' AND additional_write_policy = 'NEVER'";
        return nodes.ask(node, SimpleStatement.newInstance(keyspace))
                .thenCompose(made -> nodes.ask(node, SimpleStatement.newInstance(table)))
                .thenCompose(made -> nodes.ask(
                        node, SimpleStatement.newInstance("CREATE TABLE " + EMPTY_TABLE + " (k text PRIMARY KEY)")));
    }

    /** Prepares what is asked of the table, which every node has by now. */
    static CompletionStage<Statements> prepare(Coordinators nodes) {
        String update = "UPDATE " + TABLE + " SET v = ? WHERE k = ?";
        CompletionStage<PreparedStatement> read =
                nodes.prepare("SELECT v, writetime(v) FROM " + TABLE + " WHERE k = ?");
        CompletionStage<PreparedStatement> write = nodes.prepare(update);
        // no value is empty, so that this condition holds whatever is there
        CompletionStage<PreparedStatement> decide = nodes.prepare(update + " IF v != ''");
        CompletionStage<PreparedStatement> swap = nodes.prepare(update + " IF v = ?");
        CompletionStage<PreparedStatement> claim =
                nodes.prepare("INSERT INTO " + TABLE + " (k, v) VALUES (?, ?) IF NOT EXISTS");
        return read.thenCompose(one -> write.thenCompose(two -> decide.thenCompose(three ->
                swap.thenCompose(four -> claim.thenApply(five -> new Statements(one, two, three, four, five))))));
    }

    /** Reads a row: its value, and when that was written. */
    BoundStatement read(String key) {
        return read.bind(key);
    }

    /** Writes a row. */
    BoundStatement write(String key, String value) {
        return write.bind(value, key);
    }

    /** Writes a row by a lightweight transaction, whatever is there. */
    BoundStatement decide(String key, String value) {
        return decide.bind(value, key);
    }

    /** Writes a row that has another value. */
    BoundStatement swap(String key, String old, String value) {
        return swap.bind(value, key, old);
    }

    /** Writes a row that there is not yet, or has no value. */
    BoundStatement swapNothing(String key, String value) {
        return swap.bind(value, key, null);
    }

    /** Makes a row that there is not yet. */
    BoundStatement claim(String key, String value) {
        return claim.bind(key, value);
    }
}
