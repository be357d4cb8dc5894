package dev.umpire.harness.cluster;

import dev.umpire.harness.target.Node;

/**
 * Who leads, as the last one who was told so; what clients are told, as a user's configuration would tell them. Thread-safe.
 */
public final class Leadership {
    private volatile Node leader;

    /** Begins with this leader. */
    public Leadership(Node leader) {
        this.leader = leader;
    }

    /** Who leads now. */
    public Node now() {
        return leader;
    }

    /** From now on another one leads. */
    public void pass(Node successor) {
        leader = successor;
    }
}
