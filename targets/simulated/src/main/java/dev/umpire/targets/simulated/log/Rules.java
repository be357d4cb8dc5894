package dev.umpire.targets.simulated.log;

import dev.umpire.harness.target.Settings;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.world.KeyRanges;

/**
 * What the settings make of the store; a defect is one rule that is not kept.
 *
 * @param partitions how many partitions the topic has
 * @param acks who must have a record before it is acknowledged; LG2 waits for the leader alone
 * @param group whether sessions may consume as a group
 * @param electsInSync whether only a replica that is in sync becomes leader; LG1 takes any
 * @param hidesUnsafe whether consumers see only what all replicas in sync have; LG3 shows them everything
 * @param checksSequences whether a leader leaves out what a producer sends again; LG4 does not
 * @param deliversFirst whether a member of the group says that it consumed a record only after it was delivered; LG5 says so
 *     before
 */
record Rules(
        int partitions,
        Acks acks,
        boolean group,
        boolean electsInSync,
        boolean hidesUnsafe,
        boolean checksSequences,
        boolean deliversFirst) {
    private static final int MOST_PARTITIONS = 1_000;

    /** Who must have a record before it is acknowledged. */
    enum Acks {
        NONE,
        LEADER,
        ALL;
    }

    Rules {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    "topic-partitions: found " + partitions + ", expected 1 to " + MOST_PARTITIONS);
        }
    }

    static Rules of(Settings settings) {
        String defect = settings.values().getOrDefault("defect", "");
        Acks acks = switch (settings.get("acks")) {
            case "0" -> Acks.NONE;
            case "1" -> Acks.LEADER;
            default -> Acks.ALL;
        };
        return new Rules(
                settings.number("topic-partitions"),
                defect.equals("LG2") ? Acks.LEADER : acks,
                settings.get("consumers").equals("group"),
                settings.get("unclean-election").equals("off") && !defect.equals("LG1"),
                !defect.equals("LG3"),
                settings.get("idempotent-producers").equals("on") && !defect.equals("LG4"),
                !defect.equals("LG5"));
    }

    /** How many replicas stay in sync whatever happens, so that one of them is in every majority. */
    int leastInSync(int nodeCount) {
        return majority(nodeCount);
    }

    static int majority(int nodeCount) {
        return nodeCount / 2 + 1;
    }

    /** Whether something that consumers may have seen can be taken back: by these settings, or by a defect. */
    boolean mayTakeBack() {
        return !electsInSync || !hidesUnsafe;
    }

    /** The number of the partition in which the group notes its members and what they consumed. */
    int groupPartition() {
        return partitions;
    }

    /** How many partitions the nodes keep, the group's among them. */
    int allPartitions() {
        return partitions + 1;
    }

    /** The partition of a key: the one whose name it is, or else one that follows from the key. */
    int partitionOf(Value key) {
        for (int partition = 0; partition < partitions; partition++) {
            if (nameOf(partition).equals(key)) {
                return partition;
            }
        }
        return new KeyRanges(partitions).partition(key);
    }

    /** {@code p0}, {@code p1} and so on. */
    static Value nameOf(int partition) {
        return Value.of("p" + partition);
    }

    /** Who leads a partition in the beginning. */
    static int founder(int partition, int nodeCount) {
        return partition % nodeCount;
    }
}
