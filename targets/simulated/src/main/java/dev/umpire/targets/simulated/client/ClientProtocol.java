package dev.umpire.targets.simulated.client;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.targets.simulated.world.Message;
import java.util.Optional;

/** A store's protocol as one connection of a session speaks it: who is asked, what is sent, and what an answer means. */
public interface ClientProtocol {

    /** How long a node may be silent where a client waits for ever, or until somebody else gives the request up. */
    long FOR_EVER = Long.MAX_VALUE;

    /** The answer to a request that the client answers by itself; empty: a node is asked. */
    default Optional<Response> ownAnswer(Request request) {
        return Optional.empty();
    }

    /** The address of the node to which a request goes first, where the request itself names none. */
    int route(Request request);

    /** What is sent for a request; asked for each try. */
    Message message(Try attempt);

    /** What follows from a node's answer to a try. */
    Step answered(Try attempt, Reply reply);

    /** What follows when the node had no process to take the try: it certainly had no effect. */
    default Step refused(Try attempt) {
        return Step.laterTo(attempt.node(), "connection refused");
    }

    /** What follows when the node's process is gone and nobody knows whether the try had an effect. */
    default Step reset(Try attempt) {
        return Step.end(new Response.Info("connection reset"));
    }

    /** How long a node may leave a try without an answer before {@link #silent} says what follows. */
    default long silenceNanos() {
        return FOR_EVER;
    }

    /** What follows when the node was silent for too long and nobody knows whether the try had an effect. */
    default Step silent(Try attempt) {
        return Step.end(new Response.Info("no answer in time"));
    }

    /** How a request ends that has been put again and again for so long that it is given up. */
    default Response givenUp(Try attempt, String reason) {
        return new Response.Fail(reason);
    }
}
