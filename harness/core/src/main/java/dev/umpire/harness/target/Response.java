package dev.umpire.harness.target;

import dev.umpire.histories.value.Value;
import java.util.Optional;
import java.util.OptionalLong;

/** How a request ended, as far as the client can know. */
public sealed interface Response {

    /**
     * It took effect.
     *
     * @param result what it returned: the value of a read, for a snapshot a map from key to value; empty where it returned
     *     nothing and the argument says all, as for a write
     * @param node the node that answered, where it is another than the one that was asked
     * @param version exact version of the key's value, or empty
     * @param position exact place in the store's one commit order, or empty
     * @param asOf the position of the replica that answered, or empty
     */
    record Ok(
            Optional<Value> result, Optional<Node> node, OptionalLong version, OptionalLong position, OptionalLong asOf)
            implements Response {}

    /** It certainly did not take effect; {@code reason} is the store's or the client's own sentence. */
    record Fail(String reason) implements Response {}

    /** Nobody knows; {@code reason} says what the client saw: a timeout, a broken connection. */
    record Info(String reason) implements Response {}

    /** It returned this. */
    static Ok ok(Value result) {
        return new Ok(
                Optional.of(result),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /** It took effect and returned nothing. */
    static Ok done() {
        return new Ok(
                Optional.empty(), Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }
}
