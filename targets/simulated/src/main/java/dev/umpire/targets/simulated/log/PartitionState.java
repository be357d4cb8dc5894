package dev.umpire.targets.simulated.log;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the nodes have agreed on about a partition.
 *
 * @param version how often it was changed; of two that were chosen the higher one is newer
 * @param epoch of the leader; each leader has one of its own, and so has each process that leads
 * @param leader its address
 * @param inSync the addresses of the replicas that hold everything that was acknowledged, the leader's among them; ascending
 */
record PartitionState(long version, long epoch, int leader, List<Integer> inSync) {
    PartitionState {
        inSync = List.copyOf(inSync);
    }

    /** As a partition begins: all replicas are in sync. */
    static PartitionState founding(int leader, int nodeCount) {
        return new PartitionState(
                1, 1, leader, IntStream.range(0, nodeCount).boxed().toList());
    }

    boolean isInSync(int node) {
        return inSync.contains(node);
    }

    /** The same with another replica in sync. */
    PartitionState with(int node) {
        return new PartitionState(
                version + 1,
                epoch,
                leader,
                Stream.concat(inSync.stream(), Stream.of(node))
                        .distinct()
                        .sorted()
                        .toList());
    }

    /** The same with a replica that is no longer in sync. */
    PartitionState without(int node) {
        return new PartitionState(version + 1, epoch, leader, others(node));
    }

    private List<Integer> others(int node) {
        return inSync.stream().filter(each -> each != node).toList();
    }

    /**
     * The state after a replica has become the leader. The old leader stays in sync where too few would be left.
     *
     * @param leastInSync how many replicas must stay in sync
     */
    PartitionState ledBy(int node, int leastInSync) {
        if (!isInSync(node)) {
            return new PartitionState(version + 1, epoch + 1, node, List.of(node));
        }
        boolean leaves = node != leader && inSync.size() > leastInSync;
        return new PartitionState(version + 1, epoch + 1, node, leaves ? others(leader) : inSync);
    }
}
