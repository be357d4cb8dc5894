package dev.umpire.harness.target;

import dev.umpire.histories.value.Value;
import java.util.Optional;
import java.util.OptionalLong;

/** How a request ended, as far as the client can know. */
public sealed interface Response {

    /**
     * It took effect.
     *
     * @param result what was read; for a snapshot a map from key to value; nil for a write
     * @param node the node that answered, where it is another than the one that was asked
     * @param version exact version of the key's value, or empty
     * @param position exact place in the store's one commit order, or empty
     * @param asOf the position of the replica that answered, or empty
     */
    record Ok(Value result, Optional<Node> node, OptionalLong version, OptionalLong position, OptionalLong asOf)
            implements Response {}

    /** It certainly did not take effect; {@code reason} is the store's or the client's own sentence. */
    record Fail(String reason) implements Response {}

    /** Nobody knows; {@code reason} says what the client saw: a timeout, a broken connection. */
    record Info(String reason) implements Response {}

    static Ok ok(Value result) {
        return new Ok(result, Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }
}
