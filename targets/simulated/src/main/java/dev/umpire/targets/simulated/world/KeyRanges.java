package dev.umpire.targets.simulated.world;

import dev.umpire.histories.value.Value;

/**
 * Which keys are in which partition: each has an equal range of the hashes of keys.
 *
 * @param count how many partitions there are
 */
public record KeyRanges(int count) {
    private static final int HASH_BITS = 32;
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    /** The partition of a key, 0 to {@link #count} - 1; the same on every machine. */
    public int partition(Value key) {
        return (int) ((hash(key.toString()) * count) >>> HASH_BITS);
    }

    /** FNV-1a of 64 bits (Fowler, Noll, Vo), folded once more as short texts leave its upper bits almost alone. */
    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> HASH_BITS)) * FNV_PRIME;
        return (hash ^ (hash >>> HASH_BITS)) & 0xFFFFFFFFL;
    }
}
