package dev.umpire.targets.zookeeper;

/**
 * What comes next until a server is a member again. Asked anew after each step, and again where an attempt failed: the steps that
 * were taken then are found in the list of members and in what is known of the server's folder.
 *
 * <p>A server comes back under its old id. ZooKeeper forbids no id that was used before: a vote or an acknowledgement counts
 * by the list of members in force, and the one that took the server out was agreed upon by most of those who stay, who therefore
 * have all that was committed before. What must not be is an empty disk under an id that is a member, as what the server
 * had acknowledged would be lost with it. So a disk is emptied only where a list of members leaves the server out that is newer
 * than all from which it was added or tried to be; and each change is made on the condition of the list that was read before it,
 * so that one of unknown outcome never comes true behind a later one.
 */
enum JoinStep {
    /** It was taken out: it is to begin on an empty disk. */
    BEGIN,
    /** It is to be started with what it has. */
    START,
    /** It has what is needed and starts: it is to be awaited. */
    AWAIT,
    /** The others are to count it in; if they do already, that is to be agreed upon after all earlier changes. */
    ADD;

    /**
     * What is known of a server's folder.
     *
     * @param version of the newest list of members from which the server was added, or tried to be, or for which its disk was
     *     emptied
     * @param joining whether what it has of the members is not known to count it in, by which it would refuse to start
     */
    record Folder(long version, boolean joining) {

        /** How it is before a server is added to those of a list. */
        Folder beforeAdditionTo(Ensemble ensemble) {
            return new Folder(Math.max(version, ensemble.version()), joining);
        }

        /** How it is when it was emptied, for a list that leaves its server out. */
        static Folder emptied(Ensemble ensemble) {
            return new Folder(ensemble.version(), true);
        }

        /** How it is when its server has said that it is a member. */
        Folder joined() {
            return new Folder(version, false);
        }

        /** Whether it is certain that the server is not, and will not be by what was asked for earlier, a member. */
        boolean isOutOf(Ensemble ensemble, boolean listed) {
            return !listed && ensemble.version() > version;
        }
    }

    /**
     * The next step.
     *
     * @param ensemble as one of the others has it
     * @param listed whether that counts the server in
     * @param runs whether it has a process
     * @param serves whether it says that it follows or leads
     */
    static JoinStep next(Ensemble ensemble, boolean listed, Folder folder, boolean runs, boolean serves) {
        if (folder.isOutOf(ensemble, listed)) {
            return BEGIN;
        }
        if (!runs) {
            return START;
        }
        return serves ? ADD : AWAIT;
    }
}
