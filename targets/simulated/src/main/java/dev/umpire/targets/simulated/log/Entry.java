package dev.umpire.targets.simulated.log;

import dev.umpire.histories.value.Value;
import java.util.function.UnaryOperator;

/**
 * One record of a partition; its offset is where it stands, from 0.
 *
 * @param epoch of the leader that wrote it
 * @param producer the connection that sent it, or {@link #NO_PRODUCER}
 * @param sequence how many records this producer had sent to the partition before
 */
record Entry(long epoch, long producer, long sequence, Value key, Value value) {

    /** The producer of what the store itself writes. */
    static final long NO_PRODUCER = -1;

    /** The same with what becomes of its value, if a client sent it. */
    Entry withValue(UnaryOperator<Value> change) {
        return producer == NO_PRODUCER ? this : new Entry(epoch, producer, sequence, key, change.apply(value));
    }
}
