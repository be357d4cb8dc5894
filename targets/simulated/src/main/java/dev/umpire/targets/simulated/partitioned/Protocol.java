package dev.umpire.targets.simulated.partitioned;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.client.Reply;
import dev.umpire.targets.simulated.world.Message;
import java.util.List;

/** Every message of this store; what is done on each is drawn in the package's documentation. */
sealed interface Protocol extends Message {

    /**
     * Writes one key; at the leader of its partition only.
     *
     * @param after the greatest time that the session saw
     */
    record WriteRequest(long id, Value key, Value value, long after) implements Protocol {}

    /**
     * Reads keys; at any node.
     *
     * @param snapshot whether the answer is a map; otherwise there is one key
     * @param after the greatest time that the session saw
     */
    record ReadRequest(long id, List<Value> keys, boolean snapshot, long after) implements Protocol {}

    /** Reads one key from the node's own copy. */
    record CopyRequest(long id, Value key) implements Protocol {}

    /**
     * A request took effect.
     *
     * @param time of the commit, or as of which was read
     */
    record Done(long id, Value result, long time) implements Protocol, Reply {}

    /** A request certainly had no effect. */
    record Refused(long id, String reason) implements Protocol, Reply {}

    /**
     * A read at a coordinator.
     *
     * @param process which process of its machine the coordinator is
     * @param number which of the reads of this process
     */
    record ReadName(int process, long number) {}

    /**
     * Asks a leader for the values of keys of its partition.
     *
     * @param time as of which
     */
    record PartRequest(ReadName read, List<Value> keys, long time) implements Protocol {}

    /**
     * What a leader has.
     *
     * @param values in the order of the keys that were asked for
     * @param time as of which the values are
     */
    record PartAnswer(ReadName read, List<Value> values, long time) implements Protocol {}

    /**
     * Commits to follow the first {@code before} of the sender's partition; none: a heartbeat.
     *
     * @param now the sender's time
     */
    record Ship(int before, List<Commit> commits, long now) implements Protocol {}

    /**
     * The sender's disk holds so many commits of the receiver's partition.
     *
     * @param now the sender's time
     */
    record Held(int count, long now) implements Protocol {}

    /** How many commits of each partition a node shows. */
    record Status(List<Integer> shown) implements Protocol {}
}
