package dev.umpire.targets.testcontainers;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.util.Optional;

/**
 * Requests that one node coordinates, over the driver's connection that all share.
 *
 * @param driver of the node; empty before there is a table
 * @param question by which it is seen before that whether the node answers
 * @param reads how many replicas take part in a read
 * @param writes how many replicas have a write before it is acknowledged
 */
record CassandraConnection(
        Optional<CqlSession> driver, CassandraQuestion question, ConsistencyLevel reads, ConsistencyLevel writes)
        implements StoreConnection {

    /** Of the times of writes, in microseconds: so that many of them have a sum. */
    private static final long EPOCH_MICROS = 1_700_000_000_000_000L;

    @Override
    public Response ask(Request request) {
        String key = request.requireKey().toString();
        try {
            if (request.onlyReads()) {
                Row row = connected()
                        .execute(SimpleStatement.newInstance(CassandraTable.READ, key)
                                .setConsistencyLevel(reads))
                        .one();
                return Response.ok(row == null || row.isNull(0) ? Value.NIL : Value.of(row.getLong(0)));
            }
            long value = Long.parseLong(request.argument().toString());
            connected()
                    .execute(SimpleStatement.newInstance(CassandraTable.WRITE, value, key)
                            .setConsistencyLevel(writes));
            return Response.done();
        } catch (AllNodesFailedException notBegun) {
            // the node is not connected, or knows that too few replicas live
            return new Response.Fail(String.valueOf(notBegun.getMessage()));
        } catch (DriverException unknown) {
            String reason = String.valueOf(unknown.getMessage());
            return request.onlyReads() ? new Response.Fail(reason) : new Response.Info(reason);
        }
    }

    private CqlSession connected() {
        return driver.orElseThrow(() -> new IllegalStateException("found no connection of the driver, expected one"));
    }

    /** Nobody leads; what a node has is the sum of when its own replica's rows were written, which grows with each later write. */
    @Override
    public Standing standing() throws IOException {
        if (driver.isEmpty()) {
            String unused = question.probe();
            return new Standing(true, 0);
        }
        long written = 0;
        for (Row row : connected()
                .execute(SimpleStatement.newInstance(CassandraTable.WRITTEN)
                        .setConsistencyLevel(DefaultConsistencyLevel.ONE)
                        .setPageSize(Integer.MAX_VALUE))) {
            written += row.getLong(0) - EPOCH_MICROS;
        }
        return new Standing(true, written);
    }

    @Override
    public Optional<String> version() {
        Row row =
                connected().execute("SELECT release_version FROM system.local").one();
        return Optional.ofNullable(row).map(one -> one.getString(0));
    }

    @Override
    public void close() {
        // the driver's connection is that of all
    }
}
