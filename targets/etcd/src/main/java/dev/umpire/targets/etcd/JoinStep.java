package dev.umpire.targets.etcd;

import java.util.Optional;

/**
 * What comes next until a node is a member again. Asked anew after each step, and again where an attempt failed: the steps that were
 * taken then are found in the list of members and in what is known of the node's folder.
 *
 * <p>A member may have voted and acknowledged entries as soon as it ran once, before its name is listed; on an empty disk it
 * would do so otherwise under the same id, by which Raft elects two leaders or loses what most had. So an empty disk is begun
 * with only under an id under which nothing ran.
 */
enum JoinStep {
    /** The others do not list it: they are to add it, under a new id. */
    ADD,
    /** It is listed under an id under which nothing ran yet: it is to begin on an empty disk. */
    BEGIN,
    /** Its folder is that of the member that is listed: it is to go on from there. */
    GO_ON,
    /** It is listed under an id whose folder is lost: the others are to take that member out. */
    REMOVE;

    /**
     * A member as the others list it.
     *
     * @param id unsigned
     * @param named whether it ran long enough to tell its name
     */
    record Listed(long id, boolean named) {}

    /**
     * What is known of a node's folder.
     *
     * @param id of the member that ran in it last; unsigned
     * @param usable whether that member can go on in it
     */
    record Folder(long id, boolean usable) {}

    /** @param listed as all agreed no earlier than now; empty if they agreed on none */
    static JoinStep next(Optional<Listed> listed, Folder folder) {
        if (listed.isEmpty()) {
            return ADD;
        }
        Listed member = listed.get();
        if (member.id() == folder.id()) {
            return folder.usable() ? GO_ON : REMOVE;
        }
        return member.named() ? REMOVE : BEGIN;
    }
}
