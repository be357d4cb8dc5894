package dev.umpire.harness.target;

import java.util.concurrent.CompletionStage;

/**
 * A session's connection to the store. Called on the loop only, one request at a time.
 *
 * <p>After a response of {@link Response.Info}, or after a timeout, the client is closed and the session connects anew.
 */
public interface Client extends AutoCloseable {

    /** The node to which this request will go, by the target's read routing; asked just before the invocation. */
    Node route(Request request);

    /**
     * Sends the request to the node that {@link #route} named.
     *
     * <p>A stage that completes exceptionally is recorded as {@link Response.Info}: only a client that knows for certain
     * that nothing happened answers {@link Response.Fail}. A stage may never complete; the operation timeout bounds it.
     */
    CompletionStage<Response> invoke(Request request, Node node);

    /** Gives the connection back; a request still under way is abandoned. Must not block. */
    @Override
    void close();
}
