package dev.umpire.targets.simulated.singleleader;

import dev.umpire.histories.value.Value;

/**
 * One entry of the log; its index is where it stands, from 1.
 *
 * @param epoch of the leader that wrote it
 * @param barrier whether it writes nothing and only begins an epoch
 * @param key what it writes
 * @param value to what
 */
record Entry(long epoch, boolean barrier, Value key, Value value) {

    static Entry barrier(long epoch) {
        return new Entry(epoch, true, Value.NIL, Value.NIL);
    }

    static Entry write(long epoch, Value key, Value value) {
        return new Entry(epoch, false, key, value);
    }
}
