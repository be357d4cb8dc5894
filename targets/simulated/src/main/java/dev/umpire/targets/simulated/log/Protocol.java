package dev.umpire.targets.simulated.log;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.client.Reply;
import dev.umpire.targets.simulated.world.Message;
import java.util.List;

/**
 * Every message of this store; what is done on each is drawn in the package's documentation. Whatever names a partition
 * does so by its number; the last one is the groups' own.
 */
sealed interface Protocol extends Message {

    /** The leader hint where the leader is not known. */
    int NOBODY = -1;

    /** A message to a partition. */
    sealed interface ToPartition extends Protocol {
        int partition();
    }

    // clients

    /** Appends a record. */
    record Send(long id, int partition, long producer, long sequence, Value key, Value value) implements ToPartition {}

    /**
     * Asks for records.
     *
     * @param from the offset of the first
     * @param most how many at most
     * @param anyReplica whether a follower answers, too
     */
    record Poll(long id, int partition, long from, int most, boolean anyReplica) implements ToPartition {}

    /** Asks for all values of one key. */
    record ReadKey(long id, int partition, Value key, boolean anyReplica) implements ToPartition {}

    /**
     * Asks to be a member of the group.
     *
     * @param connection of the session; a newer one takes the place of an older
     */
    record Join(long id, int partition, int session, long connection) implements ToPartition {}

    /** Says that a member is there, and how far what it was assigned has been consumed. */
    record Commit(long id, int partition, int session, long connection, long generation, List<Position> positions)
            implements ToPartition {
        public Commit {
            positions = List.copyOf(positions);
        }
    }

    /** Asks how far the group has consumed a partition. */
    record Consumed(long id, int partition, int consumed) implements ToPartition {}

    /** The offset from which a partition goes on. */
    record Position(int partition, long offset) {}

    /** The record stands at this offset. */
    record Sent(long id, long offset) implements Reply, Protocol {}

    /** The records from an offset on. */
    record Polled(long id, long from, List<Value> values) implements Reply, Protocol {
        public Polled {
            values = List.copyOf(values);
        }
    }

    /** All values of a key. */
    record KeyRead(long id, List<Value> values) implements Reply, Protocol {
        public KeyRead {
            values = List.copyOf(values);
        }
    }

    /** The session is a member: what it is assigned, and from where on. */
    record Joined(long id, long generation, List<Position> assigned) implements Reply, Protocol {
        public Joined {
            assigned = List.copyOf(assigned);
        }
    }

    /** What was said is noted. */
    record Committed(long id) implements Reply, Protocol {}

    /** The session is no member of this generation of the group, which went on. */
    record NotMember(long id) implements Reply, Protocol {}

    /** How far the group has consumed the partition that was asked for. */
    record ConsumedUpTo(long id, long offset) implements Reply, Protocol {}

    /** The request had no effect here: this node does not lead the partition. */
    record Refused(long id, int leaderHint) implements Reply, Protocol {}

    /** The leader stepped down before the request was safe: nobody knows yet. */
    record Unknown(long id, int leaderHint) implements Reply, Protocol {}

    // replication

    /**
     * A follower asks its leader for records.
     *
     * @param version of the state that it knows of the epoch
     * @param number of this fetch; the answer repeats it
     * @param from the follower's disk holds everything before this offset
     * @param lastEpoch the epoch of its record before, 0 if there is none
     */
    record Fetch(int partition, long epoch, long version, long number, long from, long lastEpoch)
            implements ToPartition {}

    /**
     * Records from {@code from} on.
     *
     * @param highWatermark up to where every replica in sync holds the log
     */
    record Fetched(int partition, long epoch, long number, long from, List<Entry> entries, long highWatermark)
            implements ToPartition {
        public Fetched {
            entries = List.copyOf(entries);
        }
    }

    /** The follower's log differs: of the records up to {@code commonEpoch} the leader has those before {@code end}. */
    record Diverged(int partition, long epoch, long number, long commonEpoch, long end) implements ToPartition {}

    // agreement on the state of a partition

    /** A state that was chosen. */
    record Chosen(int partition, PartitionState state) implements ToPartition {}

    /** Asks to take part in no older ballot, and what was accepted last. */
    record Prepare(int partition, long ballot) implements ToPartition {}

    /** Will take part in no older ballot than this; accepted {@code state} last, in the ballot {@code accepted}. */
    record Promise(int partition, long ballot, long accepted, PartitionState state) implements ToPartition {}

    /** Asks to accept a state. */
    record Accept(int partition, long ballot, PartitionState state) implements ToPartition {}

    /** Has accepted the state of this ballot. */
    record Accepted(int partition, long ballot) implements ToPartition {}

    /** Has promised to take part in no older ballot than {@code promised}. */
    record Outdated(int partition, long ballot, long promised) implements ToPartition {}

    // the operator

    /** How a node sees the partitions, in the order of their numbers. */
    record Status(List<PartitionStatus> partitions) implements Protocol {
        public Status {
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * How a node sees one partition.
     *
     * @param leads whether it takes requests as its leader
     * @param end the offset behind its last record
     */
    record PartitionStatus(boolean leads, PartitionState state, long end, long highWatermark) {}
}
