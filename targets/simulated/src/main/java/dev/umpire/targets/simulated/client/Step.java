package dev.umpire.targets.simulated.client;

import dev.umpire.harness.target.Response;

/** What follows from what a node said, or from its silence. */
public sealed interface Step {

    /** The request is over. The node that answered, where it is not the one that was asked first, is filled in. */
    record End(Response response) implements Step {}

    /**
     * The request is put again, unless that has gone on for so long that it fails.
     *
     * @param node the address of the node to put it to
     * @param atOnce whether without a pause before
     * @param reason why the last try did not succeed
     */
    record Again(int node, boolean atOnce, String reason) implements Step {}

    /** The request is over with this response. */
    static Step end(Response response) {
        return new End(response);
    }

    /** The request is put to this node at once. */
    static Step atOnceTo(int node, String reason) {
        return new Again(node, true, reason);
    }

    /** The request is put to this node after a while. */
    static Step laterTo(int node, String reason) {
        return new Again(node, false, reason);
    }
}
