package dev.umpire.targets.simulated.leaderless;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.client.Reply;
import dev.umpire.targets.simulated.world.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every message of this store; what is done on each is drawn in the package's documentation. */
sealed interface Protocol extends Message {

    /** The operation of a {@link Store} on whose answer nobody waits. */
    long NO_OPERATION = 0;

    /**
     * Reads a register or set.
     *
     * @param here whether the node shall say what it holds itself, whatever others hold
     */
    record ClientRead(long id, Value key, boolean here) implements Protocol {}

    /**
     * Writes a register, adds an element, or removes what is there.
     *
     * @param value what to write; empty: nothing shall be there
     * @param name what the session calls this write; no other has the name
     * @param context what the session has written and seen there, and replaces
     */
    record ClientWrite(long id, Place place, Optional<Value> value, Dot name, DotSet context) implements Protocol {}

    /**
     * What a read found, place by place, removed ones too; nothing where nobody ever wrote.
     */
    record Found(long id, List<Entry> entries) implements Protocol, Reply {}

    /** A write took effect; {@code context} says which writes there its client knows of now. */
    record Written(long id, DotSet context) implements Protocol, Reply {}

    /** A request certainly had no effect. */
    record Refused(long id, String reason) implements Protocol, Reply {}

    /** A write did not reach its quorum in time; some replicas may have it. */
    record Unknown(long id, String reason) implements Protocol, Reply {}

    /**
     * The number of a message that carries entries: a receiver can tell that one is older than another from the same node.
     *
     * @param number among those that the process sent, to whomever
     */
    record Stamp(ProcessName process, long number) {

        /** In nodes' logs. */
        @Override
        public String toString() {
            return "message " + number + " of " + process;
        }
    }

    /**
     * Asks for everything at a key.
     *
     * @param owner the replica whose answer it is; where the receiver is another, it stands in
     */
    record ReadKey(long operation, Value key, int owner) implements Protocol {}

    /** What the disk of a replica, or of one that stands in for it, has of a key. */
    record Held(Stamp stamp, long operation, int owner, List<Entry> entries) implements Protocol {}

    /** To be joined with what the owner holds; another receiver keeps it for the owner. */
    record Store(Stamp stamp, long operation, int owner, Entry entry) implements Protocol {}

    /** The disk of the owner, or of one that stands in for it, has it. */
    record Stored(long operation, int owner) implements Protocol {}

    /** A branch of a hash tree. */
    record Branch(int number, long hash) {}

    /** The sender's branches at one level of a segment's hash tree. */
    record Compare(int segment, int level, List<Branch> branches) implements Protocol {}

    /**
     * Everything that the sender has in some leaves.
     *
     * @param answer whether the receiver shall send what it has there and the sender has not
     */
    record Leaves(Stamp stamp, int segment, List<Integer> leaves, List<Entry> entries, boolean answer)
            implements Protocol {}

    /**
     * Asks for everything in a segment that the sender may lack.
     *
     * @param hashes of all leaves of the sender's hash tree
     */
    record CatchUp(ProcessName process, int segment, List<Long> hashes) implements Protocol {}

    /** Everything in the leaves that differ. */
    record CaughtUp(Stamp stamp, ProcessName asker, int segment, List<Entry> entries) implements Protocol {}

    /**
     * How a node sees itself.
     *
     * @param ready whether it answers reads, as it has caught up
     * @param roots by segment that it keeps, the hash of everything in it
     * @param pending how many writes that it coordinates may not be everywhere yet
     * @param hints how many entries it keeps for others
     */
    record Status(boolean ready, Map<Integer, Long> roots, int pending, int hints) implements Protocol {}
}
