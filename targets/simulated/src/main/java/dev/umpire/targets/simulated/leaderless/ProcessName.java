package dev.umpire.targets.simulated.leaderless;

import java.util.Comparator;

/**
 * The name of one process, which no other ever has, whatever happens to its machine's disk.
 *
 * @param node the address of its machine
 * @param start which process of the machine it is, from 1
 */
record ProcessName(int node, int start) implements Comparable<ProcessName> {
    private static final Comparator<ProcessName> ORDER =
            Comparator.comparingInt(ProcessName::node).thenComparingInt(ProcessName::start);

    @Override
    public int compareTo(ProcessName other) {
        return ORDER.compare(this, other);
    }

    long digest() {
        return Digest.of(node, start);
    }
}
