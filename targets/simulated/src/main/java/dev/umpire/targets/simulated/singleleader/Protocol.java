package dev.umpire.targets.simulated.singleleader;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.client.Reply;
import dev.umpire.targets.simulated.world.Message;
import java.util.List;
import java.util.Map;

/** Every message of this store; what is done on each is drawn in the package's documentation. */
sealed interface Protocol extends Message {

    /** The leader hint where the leader is not known. */
    int NOBODY = -1;

    /** Changes one key by a function of {@link dev.umpire.harness.target.Request}; at the leader only. */
    record WriteRequest(long id, String function, Value key, Value argument) implements Protocol {}

    /**
     * Reads keys at one replica.
     *
     * @param snapshot whether the answer is a map; otherwise there is one key
     * @param atLeader whether only a leader with a lease may answer
     * @param atLeast the position that the replica must have reached; 0: any will do
     * @param mostLagNanos how far the replica may be behind the leader; {@link Long#MAX_VALUE}: any will do
     */
    record ReadRequest(long id, List<Value> keys, boolean snapshot, boolean atLeader, long atLeast, long mostLagNanos)
            implements Protocol {}

    /**
     * A request took effect.
     *
     * @param result what was read, or the id that was given; nil for any other change
     * @param position of the write in the log, or what the replica that was read had applied
     */
    record Done(long id, Value result, long position) implements Protocol, Reply {}

    /** A request certainly had no effect. */
    record Refused(long id, int leaderHint, String reason) implements Protocol, Reply {}

    /** A request certainly had no effect, and would have none if it was tried again. */
    record Failed(long id, String reason) implements Protocol, Reply {}

    /** The leader stepped down before the write was committed: nobody knows yet. */
    record Unknown(long id) implements Protocol, Reply {}

    /**
     * Entries to follow {@code previousIndex}; none: a heartbeat.
     *
     * @param committed up to where the leader knows the log to be committed
     * @param sentNanos when, by the leader's clock
     * @param heardNanos when the follower sent what the leader last heard of it, by the follower's clock
     */
    record Append(
            long epoch,
            long previousIndex,
            long previousEpoch,
            List<Entry> entries,
            long committed,
            long sentNanos,
            long heardNanos)
            implements Protocol {}

    /**
     * What all committed entries up to an index make of the registers, in place of the entries.
     *
     * @param index of the last entry that is in it
     * @param indexEpoch the epoch of that entry
     * @param members by the entries up to there
     */
    record Snapshot(
            long epoch, long index, long indexEpoch, Map<Value, Value> registers, Members members, long sentNanos)
            implements Protocol {}

    /**
     * The follower's disk holds the leader's log up to {@code matched}.
     *
     * @param sentNanos the append's
     * @param nowNanos when this was sent, by the follower's clock
     */
    record AppendOk(long epoch, long matched, long sentNanos, long nowNanos) implements Protocol {}

    /** The follower's log does not hold the entry before; it may agree up to {@code tryAfter}. */
    record AppendGap(long epoch, long tryAfter, long sentNanos) implements Protocol {}

    /** The sender knows of a newer epoch. */
    record AppendRefused(long epoch) implements Protocol {}

    /**
     * Asks for a vote.
     *
     * @param trial whether the voter shall only say what it would do
     */
    record VoteRequest(long epoch, boolean trial, long lastEpoch, long lastIndex) implements Protocol {}

    /**
     * The answer to a request for a vote in this epoch.
     *
     * @param ownEpoch the voter's own, so that a candidate that lags behind asks in a newer one next time
     */
    record Vote(long epoch, boolean trial, boolean granted, long ownEpoch) implements Protocol {}

    /**
     * How a node sees itself.
     *
     * @param leads whether it takes writes and reads as leader now
     * @param members by its log
     * @param membersAgreed whether they are committed
     */
    record Status(boolean leads, long epoch, long lastIndex, long applied, Members members, boolean membersAgreed)
            implements Protocol {}

    /** The operator wants a node to be a member, or to be none; a leader appends that, and answers how it sees itself. */
    record ChangeMembers(int address, boolean member) implements Protocol {}
}
