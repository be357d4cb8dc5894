package dev.umpire.targets.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.concurrent.CompletionStage;

/** What is asked of the one table, prepared. A key is a row, which its first write makes. */
final class Statements {

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

    /** Prepares what is asked of the table, which every node has by now. */
    static CompletionStage<Statements> prepare(Coordinators nodes, Tables tables) {
        String update = "UPDATE " + tables.registers() + " SET v = ? WHERE k = ?";
        CompletionStage<PreparedStatement> read =
                nodes.prepare("SELECT v, writetime(v) FROM " + tables.registers() + " WHERE k = ?");
        CompletionStage<PreparedStatement> write = nodes.prepare(update);
        // no value is empty, so that this condition holds whatever is there
        CompletionStage<PreparedStatement> decide = nodes.prepare(update + " IF v != ''");
        CompletionStage<PreparedStatement> swap = nodes.prepare(update + " IF v = ?");
        CompletionStage<PreparedStatement> claim =
                nodes.prepare("INSERT INTO " + tables.registers() + " (k, v) VALUES (?, ?) IF NOT EXISTS");
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
