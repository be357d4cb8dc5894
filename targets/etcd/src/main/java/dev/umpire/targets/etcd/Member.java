package dev.umpire.targets.etcd;

import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;

/**
 * A member as it was started.
 *
 * @param node its name
 * @param ports where it listens
 * @param process its process, which may be dead
 */
record Member(Node node, Ports ports, NodeProcess process) {

    /**
     * Where a member listens.
     *
     * @param client for requests, which it answers once the cluster knows it
     * @param peer for the other members
     * @param metrics for what it counts; answered as soon as the process runs
     */
    record Ports(int client, int peer, int metrics) {}
}
