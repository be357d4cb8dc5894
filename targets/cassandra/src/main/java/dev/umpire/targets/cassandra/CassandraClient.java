package dev.umpire.targets.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.StoredText;
import dev.umpire.histories.value.Value;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A session's requests, each coordinated by the node that it is sent to. Used on the loop. */
final class CassandraClient implements Client {

    private final CassandraSettings settings;
    private final int session;
    private final AskedNode.Route route;
    private final Coordinators nodes;
    private final Statements statements;

    CassandraClient(
            CassandraSettings settings, int session, AskedNode.Route route, Coordinators nodes, Statements statements) {
        this.settings = settings;
        this.session = session;
        this.route = route;
        this.nodes = nodes;
        this.statements = statements;
    }

    @Override
    public Node route(Request request) {
        return route.of(request);
    }

    @Override
    public CompletionStage<Response> invoke(Request request, Node node) {
        return switch (request.function()) {
            case Request.READ ->
                nodes.ask(
                                node,
                                statements
                                        .read(key(request))
                                        .setConsistencyLevel(settings.reads().level()))
                        .handle((rows, failure) -> failure == null ? seen(rows) : failed(request, failure));
            case Request.WRITE, Request.CAS, Request.CLAIM ->
                nodes.ask(node, change(request))
                        .handle((rows, failure) -> failure == null ? changed(rows) : failed(request, failure));
            default ->
                CompletableFuture.completedStage(
                        new Response.Fail("function: found " + request.function() + ", which this target has not"));
        };
    }

    private BoundStatement change(Request request) {
        String key = key(request);
        return switch (request.function()) {
            case Request.CAS -> transaction(swap(key, request.requireSwap()));
            case Request.CLAIM -> transaction(statements.claim(key, "" + session));
            default -> {
                String value = request.argument().toString();
                yield settings.writes().serial()
                        ? transaction(statements.decide(key, value))
                        : dated(statements.write(key, value))
                                .setConsistencyLevel(settings.writes().level());
            }
        };
    }

    private BoundStatement swap(String key, Request.Swap swap) {
        String wanted = swap.wanted().toString();
        return swap.old().equals(Value.NIL)
                ? statements.swapNothing(key, wanted)
                : statements.swap(key, swap.old().toString(), wanted);
    }

    private BoundStatement transaction(BoundStatement conditional) {
        return conditional
                .setSerialConsistencyLevel(settings.writes().deciding())
                .setConsistencyLevel(settings.writes().committing());
    }

    /** With the time that this session's clock shows, where clients date writes. */
    private BoundStatement dated(BoundStatement write) {
        long now = nodes.nowMicros();
        boolean ahead = now != Statement.NO_DEFAULT_TIMESTAMP && session % 2 == 1;
        return write.setQueryTimestamp(
                ahead ? now + TimeUnit.MILLISECONDS.toMicros(settings.skew().toMillis()) : now);
    }

    private static Response seen(AsyncResultSet rows) {
        Row row = rows.one();
        String value = row == null ? null : row.getString(0);
        return value == null
                ? Response.ok(Value.NIL)
                : Response.ok(StoredText.value(value)).asOf(row.getLong(1));
    }

    private static Response changed(AsyncResultSet rows) {
        return rows.wasApplied() ? Response.done() : new Response.Fail("found another value");
    }

    /** A read that has no answer has done nothing; a change has done nothing where it was refused before it began. */
    private Response failed(Request request, Throwable failure) {
        Throwable cause = Failures.cause(failure);
        String reason = String.valueOf(cause.getMessage());
        boolean nothingDone = cause instanceof AllNodesFailedException refused && !mayHaveBegun(request, refused);
        return nothingDone || request.onlyReads() ? new Response.Fail(reason) : new Response.Info(reason);
    }

    /** A lightweight transaction looks for replicas again when it is decided, so that their lack need not mean that it is not. */
    private boolean mayHaveBegun(Request request, AllNodesFailedException refused) {
        boolean transaction =
                !request.function().equals(Request.WRITE) || settings.writes().serial();
        return transaction
                && refused.getAllErrors().values().stream()
                        .flatMap(errors -> errors.stream())
                        .anyMatch(UnavailableException.class::isInstance);
    }

    private static String key(Request request) {
        return request.requireKey().toString();
    }

    /** The connection is that of all sessions. */
    @Override
    public void close() {
        // nothing of its own
    }
}
