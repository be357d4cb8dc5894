package dev.umpire.targets.simulated.partitioned;

import dev.umpire.histories.value.Value;
import java.util.function.UnaryOperator;

/**
 * One write of a partition.
 *
 * @param time by the hybrid clock; greater than that of every earlier commit of the partition
 */
record Commit(long time, Value key, Value value) {

    /** The same with what becomes of its value. */
    Commit withValue(UnaryOperator<Value> change) {
        return new Commit(time, key, change.apply(value));
    }
}
