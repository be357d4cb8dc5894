package dev.umpire.targets.cassandra;

/**
 * What comes next until a node that was lost is one of the ring again. Asked anew after each step, and again where an attempt failed:
 * the steps that were taken then are found in what the others list and in what was done with the node's disk.
 *
 * <p>Whoever is not listed begins on an empty disk, under another host id, and is listed as soon as it has a copy of all ranges: so
 * a disk with half of them never serves anybody. A removal that was asked for is gone through with, as it may come true at any time
 * after that, and would take out the node that was started again.
 */
enum JoinStep {
    /** The others are to take it out. */
    REMOVE,
    /** It is to begin on an empty disk. */
    BEGIN,
    /** It is to be started with what it has. */
    START,
    /** It runs: that it has a copy of all, is listed and serves clients is to be awaited; or the answer of one that is silent. */
    AWAIT;

    /** What was done with the disk of a node. */
    enum Disk {
        /** Nothing: it is as the last of the node's processes left it. */
        LEFT,
        /** It was given up, and with it who is listed. */
        GIVEN_UP,
        /** It was emptied for the process that runs, or has ended. */
        EMPTIED,
        /** It was emptied, and the copy for it failed. */
        SPOILED
    }

    /**
     * The next step.
     *
     * @param listed whether any of the others lists it
     * @param out whether all of them answer, and none lists it
     * @param runs whether it has a process
     */
    static JoinStep next(boolean listed, boolean out, Disk disk, boolean runs) {
        if (out) {
            return disk == Disk.EMPTIED && runs ? AWAIT : BEGIN;
        }
        if (!listed) {
            return AWAIT;
        }
        if (disk == Disk.GIVEN_UP) {
            return REMOVE;
        }
        return runs ? AWAIT : START;
    }
}
