package dev.umpire.targets.simulated.multileader;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.client.Reply;
import dev.umpire.targets.simulated.world.Message;
import java.util.List;
import java.util.Set;

/** Every message of this store; what is done on each is drawn in the package's documentation. */
sealed interface Protocol extends Message {

    /** What a session asks of a leader. */
    sealed interface Ask extends Protocol {

        long id();

        /** What the leader must have first. */
        VersionVector atLeast();

        /** Whether the leader must first have what any other has now. */
        boolean asksAll();
    }

    /**
     * Reads keys.
     *
     * @param snapshot whether the answer is a map; otherwise there is one key
     */
    record ReadRequest(long id, List<Value> keys, boolean snapshot, VersionVector atLeast, boolean asksAll)
            implements Ask {}

    /** Changes one key. */
    record ChangeRequest(long id, Deed deed, VersionVector atLeast, boolean asksAll) implements Ask {}

    /**
     * A request took effect.
     *
     * @param siblings all values of a register, where there are several
     * @param versions of a register that was read, or of the change that was made
     * @param seen what the session has seen by this
     */
    record Done(long id, Value result, List<Value> siblings, Set<Dot> versions, VersionVector seen)
            implements Protocol, Reply {
        public Done {
            siblings = List.copyOf(siblings);
            versions = Dot.copy(versions);
        }
    }

    /**
     * A request certainly had no effect.
     *
     * @param forGood whether asking again is of no use
     */
    record Refused(long id, boolean forGood, String reason) implements Protocol, Reply {}

    /**
     * Changes in the order of the sender's log; none: a sign of life.
     *
     * @param sentNanos when, by the sender's clock
     */
    record Changes(List<Change> changes, long sentNanos) implements Protocol {}

    /** What the receiver of changes has on its disk; {@code sentNanos} is that of the changes. */
    record Held(VersionVector held, long sentNanos) implements Protocol {}

    /** Asks a leader what it has. */
    record Inquiry(long number) implements Protocol {}

    /** What the leader has on its disk. */
    record InquiryAnswer(long number, VersionVector held) implements Protocol {}

    /**
     * What the node has.
     *
     * @param waiting requests of sessions that it has and has not answered: what they ask may still take effect, also where the
     *     session has given up
     */
    record Status(VersionVector held, int waiting) implements Protocol {}
}
