package dev.umpire.targets.kafka;

import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * What comes next until a node belongs to the cluster again. Asked anew after each step, and again where an attempt failed: the
 * steps that were taken then are found in what a broker tells and in what is known of the node's disk.
 *
 * <p>A node comes back under its old id. What must not be is an empty disk under an id of which something is still counted
 * upon: a copy that is in sync, with which acknowledged messages would be lost, or a vote, as a voter that forgets its votes breaks
 * Raft. So a disk is emptied only where the node is known to be out: its copies were assigned to others, its controller has no
 * vote, its broker is not registered. The last two are asked once more before, as who runs or is heard of again may be counted upon
 * again. A new disk has an id of its own, by which voters tell it from the old one.
 */
enum JoinStep {
    /** It was taken out, and nothing was heard of it since: it is to begin on an empty disk. */
    BEGIN,
    /** It is to be started with what it has. */
    START,
    /** It starts, or learns what was agreed upon: it is to be awaited. */
    AWAIT,
    /** A disk that it has no more still has a vote, of which it is to be deprived. */
    DISMISS,
    /** Its controller is to be given a vote. */
    ADD,
    /** Copies of all partitions are to be assigned to its broker. */
    ASSIGN;

    /**
     * The next step.
     *
     * @param out whether it was known to be out of the cluster
     * @param runs whether it has a process
     * @param directory of its disk; empty where it has drawn no id yet
     */
    static JoinStep next(boolean out, boolean runs, Members members, int id, Optional<Uuid> directory) {
        if (out && !runs && members.isWithout(id)) {
            return BEGIN;
        }
        if (!runs) {
            return START;
        }
        if (directory.isEmpty()) {
            return AWAIT;
        }
        Uuid disk = directory.get();
        if (!members.votersOfLostDisks(id, disk).isEmpty()) {
            return DISMISS;
        }
        if (!members.isBroker(id)) {
            return AWAIT;
        }
        if (members.votes(id, disk)) {
            return ASSIGN;
        }
        return members.caughtUp(id, disk).isPresent() ? ADD : AWAIT;
    }
}
