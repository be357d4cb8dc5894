package dev.umpire.harness.target;

import java.util.Locale;

/** The ways in which a network falls apart. */
public enum PartitionShape {
    /** The leader on one side, all others on the other. */
    ISOLATE_LEADER,
    /** Any node on one side, all others on the other. */
    ISOLATE_ONE,
    /** One node or more on one side, half of them at most. */
    HALVES,
    /** One node hears the others and is not heard, or is heard and does not hear. */
    ONE_WAY,
    /** Every node sees a majority, no two the same. */
    MAJORITY_RING,
    /** Two sides that see each other only through one node that sees both. */
    BRIDGE,
    /** Any links. */
    RANDOM;

    /** The fewest nodes among which there is a partition of this shape; 2 or 3. */
    public int leastNodes() {
        return this == MAJORITY_RING || this == BRIDGE ? 3 : 2;
    }

    /** As on the command line, behind {@code partition:}: {@code majority-ring}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
