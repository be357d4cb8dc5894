package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import java.util.Optional;

/** A connection to one node. Its calls block. */
public interface StoreConnection extends ProbeConnection {

    /**
     * Asks a request of this node.
     *
     * @return OK; or Fail where the store says that nothing happened
     * @throws Exception where nobody knows what happened: a timeout, a broken connection
     */
    Response ask(Request request) throws Exception;

    /**
     * Asks the node what it is, which needs no other node; within a second or two.
     *
     * @throws Exception if it does not answer
     */
    Standing standing() throws Exception;

    /**
     * The version of the store, as the node tells it; empty, as by default, where it does not.
     *
     * @throws Exception if the node does not answer
     */
    default Optional<String> version() throws Exception {
        return Optional.empty();
    }

    @Override
    default String probe() throws Exception {
        return standing().describe();
    }
}
