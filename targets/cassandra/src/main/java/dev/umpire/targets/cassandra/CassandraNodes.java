package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Node;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * The nodes of a cluster as they can be asked, whoever runs them.
 *
 * @param told which node tells clients to come to an address that is not its port's; such clients go to the port all the same
 */
record CassandraNodes(
        Environment environment,
        CassandraSettings settings,
        List<Node> nodes,
        NodePorts ports,
        Map<InetSocketAddress, Node> told) {

    CassandraNodes {
        nodes = List.copyOf(nodes);
        told = Map.copyOf(told);
    }

    /** Where clients reach a node. */
    InetSocketAddress address(Node node) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.client(node));
    }
}
