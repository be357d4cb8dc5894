package dev.umpire.harness.target;

import dev.umpire.histories.value.Value;

/** Values in stores that keep text alone. */
public final class StoredText {

    private StoredText() {}

    /** The value that was stored as this text: a number where it is one, which workloads write, else the text. */
    public static Value value(String stored) {
        try {
            return Value.of(Long.parseLong(stored));
        } catch (NumberFormatException text) {
            return Value.of(stored);
        }
    }
}
