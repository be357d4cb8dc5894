package dev.umpire.targets.simulated.partitioned;

import dev.umpire.histories.value.Value;

/**
 * One write of a partition.
 *
 * @param time by the hybrid clock; greater than that of every earlier commit of the partition
 */
record Commit(long time, Value key, Value value) {}
