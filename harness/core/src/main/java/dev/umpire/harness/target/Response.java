package dev.umpire.harness.target;

import dev.umpire.histories.value.Value;
import java.util.List;
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
     * @param siblings all values that a read returned, where the store keeps those of concurrent writes; empty: it does not
     */
    record Ok(
            Optional<Value> result,
            Optional<Node> node,
            OptionalLong version,
            OptionalLong position,
            OptionalLong asOf,
            List<Value> siblings)
            implements Response {
        public Ok {
            siblings = List.copyOf(siblings);
        }

        private static final Ok NOTHING = new Ok(
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of());

        /** The same, answered by this node. */
        public Ok by(Node answering) {
            return new Ok(result, Optional.of(answering), version, position, asOf, siblings);
        }

        /** The same, at this version of the key. */
        public Ok withVersion(long number) {
            return new Ok(result, node, OptionalLong.of(number), position, asOf, siblings);
        }

        /** The same, at this place in the store's one commit order. */
        public Ok withPosition(long number) {
            return new Ok(result, node, version, OptionalLong.of(number), asOf, siblings);
        }

        /** The same, from a replica that is so far. */
        public Ok asOf(long number) {
            return new Ok(result, node, version, position, OptionalLong.of(number), siblings);
        }

        /** The same, with all values that the store returned. */
        public Ok withSiblings(List<Value> values) {
            return new Ok(result, node, version, position, asOf, values);
        }
    }

    /** It certainly did not take effect; {@code reason} is the store's or the client's own sentence. */
    record Fail(String reason) implements Response {}

    /** Nobody knows; {@code reason} says what the client saw: a timeout, a broken connection. */
    record Info(String reason) implements Response {}

    /** It took effect and returned this. */
    static Ok ok(Value result) {
        return new Ok(
                Optional.of(result),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of());
    }

    /** It took effect and returned nothing. */
    static Ok done() {
        return Ok.NOTHING;
    }
}
