package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.target.Settings;
import java.util.Locale;

/**
 * What the settings make of the store; a defect is one rule that is not kept.
 *
 * @param reads where sessions read
 * @param replication how many followers must hold a write before it is acknowledged
 * @param failover whether followers elect another leader
 * @param syncBeforeAcknowledging whether the leader's own disk must hold it, too
 * @param comparesLogs whether a voter refuses a candidate with a less advanced log; SL4 does not
 * @param fences whether what an older epoch's leader sends is refused, and a leader steps down for a newer; SL5 does not
 * @param waitsForSlowFollowers whether a follower that is slow still counts; SL6 leaves it out
 * @param sendsToken whether a session says how far a replica must be; SL1 does not
 * @param refusesWhenBehind whether a replica that is not so far in time refuses; SL3 answers
 * @param keepsFollower whether a session keeps its follower when it reconnects; SL2 does not
 */
record Rules(
        Reads reads,
        Replication replication,
        boolean failover,
        boolean syncBeforeAcknowledging,
        boolean comparesLogs,
        boolean fences,
        boolean waitsForSlowFollowers,
        boolean sendsToken,
        boolean refusesWhenBehind,
        boolean keepsFollower) {

    /** Where sessions read. */
    enum Reads {
        LEADER,
        ANY_FOLLOWER,
        STICKY,
        TOKEN;
    }

    /** How many followers must hold a write before it is acknowledged. */
    enum Replication {
        ASYNCHRONOUS,
        SEMI_SYNCHRONOUS,
        SYNCHRONOUS;
    }

    static Rules of(Settings settings) {
        String defect = settings.values().getOrDefault("defect", "");
        return new Rules(
                Reads.valueOf(constant(settings.get("reads"))),
                Replication.valueOf(constant(settings.get("replication"))),
                settings.get("failover").equals("on"),
                settings.get("sync").equals("before-acknowledging") && !defect.equals("SL10"),
                !defect.equals("SL4"),
                !defect.equals("SL5"),
                !defect.equals("SL6"),
                !defect.equals("SL1"),
                !defect.equals("SL3"),
                !defect.equals("SL2"));
    }

    private static String constant(String optionName) {
        return optionName.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** How many nodes must hold an entry before it is committed: visible, and safe from every election. */
    int commitQuorum(int nodeCount) {
        return switch (replication) {
            case ASYNCHRONOUS -> 1;
            case SEMI_SYNCHRONOUS -> Math.min(2, nodeCount);
            case SYNCHRONOUS -> majority(nodeCount);
        };
    }

    /** How many nodes must hold an entry before its write is acknowledged. */
    int acknowledgeQuorum(int nodeCount) {
        return replication == Replication.SYNCHRONOUS ? nodeCount : commitQuorum(nodeCount);
    }

    /** How many votes make a leader: any two elections meet, and each meets each commit unless that is asynchronous. */
    int electionQuorum(int nodeCount) {
        int majority = majority(nodeCount);
        return replication == Replication.ASYNCHRONOUS
                ? majority
                : Math.max(majority, nodeCount - commitQuorum(nodeCount) + 1);
    }

    /** How many nodes must have answered for a leader to hold its lease. */
    int leaseQuorum(int nodeCount) {
        return majority(nodeCount);
    }

    private static int majority(int nodeCount) {
        return nodeCount / 2 + 1;
    }

    /** Whether something that was committed may be taken back: by these settings, or by a defect. */
    boolean mayTakeBack() {
        return !syncBeforeAcknowledging
                || !comparesLogs
                || !fences
                || !waitsForSlowFollowers
                || (failover && replication == Replication.ASYNCHRONOUS);
    }
}
