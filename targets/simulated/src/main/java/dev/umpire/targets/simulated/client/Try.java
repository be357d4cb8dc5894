package dev.umpire.targets.simulated.client;

import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.List;

/**
 * One sending of a request to a node.
 *
 * @param id no other try of this connection has it
 * @param request what the session asks
 * @param number how many tries of this request there were before
 * @param node the address of the node that is asked
 */
public record Try(long id, Request request, int number, int node) {

    /**
     * The key of the request.
     *
     * @throws IllegalArgumentException if it has none
     */
    public Value key() {
        return request.key()
                .orElseThrow(() -> new IllegalArgumentException("key: found none, expected one in " + request));
    }

    /**
     * The keys that a snapshot asks for.
     *
     * @throws IllegalArgumentException if the request's argument is no sequence
     */
    public List<Value> keys() {
        if (request.argument() instanceof Value.Sequence keys) {
            return keys.elements();
        }
        throw new IllegalArgumentException("argument: found " + request.argument() + ", expected the keys to read");
    }
}
