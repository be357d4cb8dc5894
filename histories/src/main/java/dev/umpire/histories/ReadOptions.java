package dev.umpire.histories;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * What a file does not say about itself.
 *
 * @param initial the value of every key before its first write; empty: as the file's header says, else nil
 * @param keys whether values are {@code [key value]} pairs
 */
public record ReadOptions(Optional<Value> initial, Keys keys) {

    /** Nothing is known beside the file. */
    public static final ReadOptions DEFAULT = new ReadOptions(Optional.empty(), Keys.DETECT);

    /** How keys are found in a file that has no field {@code key}. */
    public enum Keys {
        /** Independent keys if the value of every invocation is a pair whose first element is a scalar. */
        DETECT,
        /** Values are {@code [key value]} pairs. */
        INDEPENDENT,
        /** Values are values; there is one key. */
        SINGLE
    }

    public ReadOptions withInitial(Value value) {
        return new ReadOptions(Optional.of(value), keys);
    }

    public ReadOptions withKeys(Keys how) {
        return new ReadOptions(initial, how);
    }
}
