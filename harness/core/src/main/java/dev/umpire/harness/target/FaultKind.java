package dev.umpire.harness.target;

import java.util.Locale;

/** What can be done to a cluster. */
public enum FaultKind {
    /** A node's process ends without warning and what it had not synced may be lost; healed by a restart. */
    CRASH,
    /** A node's process stands still; healed by going on. */
    PAUSE,
    /** Links between nodes carry nothing; healed by mending them. Clients still reach every node. */
    PARTITION,
    /** Another node becomes the leader while the old one is lost; healed when the old one is back as a follower. */
    FAILOVER,
    /** What is sent on some links arrives late; healed when it is as quick as before. */
    SLOW,
    /**
     * Some of what is sent on some links never arrives, or late, where it is sent again as TCP does; healed when no more is lost
     * than before.
     */
    LOSS,
    /** Some of what is sent on some links arrives twice; healed when no more does than before. */
    DUPLICATION,
    /** Only so many bytes a second pass on some links; healed when as many do as before. */
    THROTTLE,
    /**
     * Connections over some links are reset again and again, and dialling anew works; healed when those that are dialled stand.
     */
    RESET,
    /**
     * A node's wall clock jumps, and its clocks run at another rate; healed when it jumped back and they run at their own.
     */
    CLOCK,
    /** A node's process ends, and one starts in its place on an empty disk; healed by that start. */
    REPLACEMENT,
    /**
     * A node is lost and the others go on without it as a member; healed when a new machine, with an empty disk, is on its way to
     * be a member in its place.
     */
    MEMBERSHIP,
    /** A node's process ends, and one starts again with an older copy of its disk; healed by that start. */
    RESTORE,
    /**
     * A node is off the network: neither clients nor other nodes reach it, while its process goes on; healed when it is on the
     * network again.
     */
    DISCONNECT,
    /**
     * One node after another is stopped cleanly and started again, the next when the one before has caught up; healed when the
     * last is started, which stays away until then.
     */
    ROLLING_RESTART,
    /** Nothing more can be written to a node's disk; healed when it has room again and the node answers. */
    FULL_DISK,
    /**
     * Nothing passes between the run's clients and a node, one way or both, while nodes reach each other; healed by letting
     * everything pass.
     */
    CLIENT_CUT,
    /** What is sent between the run's clients and nodes arrives late; healed when it is as quick as before. */
    CLIENT_SLOW;

    /** Whether it strikes what lies between clients and nodes, so that it breaks no promise of a store. */
    public boolean ofClients() {
        return this == CLIENT_CUT || this == CLIENT_SLOW;
    }

    /** What a run lacks that was to be struck by it and was not; a sentence without its full stop. */
    public String neverInjected() {
        return "no " + optionName() + " was injected: the run ended before, or found no aim";
    }

    /** As on the command line and in histories: {@code client-cut}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
