package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.target.Settings;
import java.util.Locale;

/**
 * What the settings make of the store; a defect is one rule that is not kept.
 *
 * @param reads where sessions read
 * @param replication how many followers must hold a write before it is acknowledged
 * @param failover whether followers elect another leader
 * @param syncs whether the settings want the leader's own disk to hold a write before it is acknowledged
 * @param log what the log says of a change
 * @param snapshotAfter a follower that lacks more entries than this is sent a snapshot; 0: never, unless it must be
 * @param defect the rule that is not kept; empty: all are
 */
record Rules(
        Reads reads,
        Replication replication,
        boolean failover,
        boolean syncs,
        LogFormat log,
        int snapshotAfter,
        String defect) {

    /** Where sessions read. */
    enum Reads {
        LEADER,
        ANY_FOLLOWER,
        STICKY,
        TOKEN,
        OWN_TO_LEADER;
    }

    /** How many followers must hold a write before it is acknowledged. */
    enum Replication {
        ASYNCHRONOUS,
        SEMI_SYNCHRONOUS,
        SYNCHRONOUS;
    }

    Rules {
        if (snapshotAfter < 0) {
            throw new IllegalArgumentException("snapshot-after: found " + snapshotAfter + ", expected 0 or more");
        }
    }

    static Rules of(Settings settings) {
        return new Rules(
                Reads.valueOf(constant(settings.get("reads"))),
                Replication.valueOf(constant(settings.get("replication"))),
                settings.get("failover").equals("on"),
                settings.get("sync").equals("before-acknowledging"),
                LogFormat.valueOf(constant(settings.get("log"))),
                settings.number("snapshot-after"),
                settings.values().getOrDefault("defect", ""));
    }

    private boolean has(String id) {
        return defect.equals(id);
    }

    /** Whether the leader's own disk must hold a write before it is acknowledged. */
    boolean syncBeforeAcknowledging() {
        return syncs && !has("SL10");
    }

    /** Whether a voter refuses a candidate with a less advanced log. */
    boolean comparesLogs() {
        return !has("SL4");
    }

    /** Whether what an older epoch's leader sends is refused, and a leader steps down for a newer. */
    boolean fences() {
        return !has("SL5");
    }

    /** Whether a follower that is slow still counts. */
    boolean waitsForSlowFollowers() {
        return !has("SL6");
    }

    /** Whether a session says how far a replica must be. */
    boolean sendsToken() {
        return !has("SL1");
    }

    /** Whether a replica that is not so far in time refuses, instead of answering. */
    boolean refusesWhenBehind() {
        return !has("SL3");
    }

    /** Whether a session keeps its follower when it reconnects. */
    boolean keepsFollower() {
        return !has("SL2");
    }

    /** Whether writes have a condition that is drawn when they run. */
    boolean hasConditions() {
        return has("SL7");
    }

    /** Whether every node draws such a condition for itself; otherwise the log says what was done. */
    boolean drawsAnew() {
        return hasConditions() && log == LogFormat.STATEMENT;
    }

    /** Whether a follower that reconnects goes on with the entry after the last one that it has. */
    boolean resumesWhereItStopped() {
        return !has("SL8");
    }

    /** Whether a follower applies one entry after the other. */
    boolean appliesInOrder() {
        return !has("SL9");
    }

    /** Whether a snapshot is sent with the position at which it was taken, not with that of the moment. */
    boolean labelsSnapshots() {
        return !has("SL11");
    }

    /** Whether a leader answers reads only while it holds its lease. */
    boolean obeysLease() {
        return !has("SL12");
    }

    /** Whether ids are counted by the log, not by each node for itself. */
    boolean countsIdsInLog() {
        return !has("SL13");
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
        return !syncBeforeAcknowledging()
                || !comparesLogs()
                || !fences()
                || !waitsForSlowFollowers()
                || (failover && replication == Replication.ASYNCHRONOUS);
    }
}
