package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Node;
import java.util.List;

/** The servers of an ensemble as they can be asked, whoever runs them. */
record ZooKeeperNodes(Environment environment, ZooKeeperSettings settings, List<Node> nodes, NodePorts ports) {

    ZooKeeperNodes {
        nodes = List.copyOf(nodes);
    }

    /** A connection string of ZooKeeper for a port of the loopback address. */
    static String at(int port) {
        return "127.0.0.1:" + port;
    }
}
