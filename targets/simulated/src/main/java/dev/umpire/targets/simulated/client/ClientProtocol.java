package dev.umpire.targets.simulated.client;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.targets.simulated.world.Message;

/** A store's protocol as one connection of a session speaks it: who is asked, what is sent, and what an answer means. */
public interface ClientProtocol {

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
}
