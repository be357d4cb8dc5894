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
    FAILOVER;

    /** As on the command line and in histories: {@code crash}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
