package dev.umpire.targets.simulated.leaderless;

import java.util.Comparator;

/**
 * The name of one process of a node, which no other ever has, whatever happens to its machine's disk; or of a session.
 *
 * @param node the address of its machine; below zero: a session
 * @param start which process of the machine it is, from 1
 */
record ProcessName(int node, int start) implements Comparable<ProcessName> {
    private static final Comparator<ProcessName> ORDER =
            Comparator.comparingInt(ProcessName::node).thenComparingInt(ProcessName::start);

    @Override
    public int compareTo(ProcessName other) {
        return ORDER.compare(this, other);
    }

    static ProcessName ofSession(int session) {
        return new ProcessName(-1 - session, 1);
    }

    long digest() {
        return Digest.of(node, start);
    }

    /** In nodes' logs. */
    @Override
    public String toString() {
        return node < 0 ? "session " + (-1 - node) : "process " + start + " of n" + (node + 1);
    }
}
