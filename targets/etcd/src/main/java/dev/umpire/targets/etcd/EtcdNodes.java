package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Node;
import java.time.Duration;
import java.util.List;

/**
 * The members of a cluster as they can be asked, whoever runs them.
 *
 * @param ports where members answer requests
 */
record EtcdNodes(Environment environment, EtcdSettings settings, Gateway gateway, List<Node> nodes, NodePorts ports) {

    /** The bound of every question to a member. */
    static final Duration QUESTION = Duration.ofMillis(500);

    EtcdNodes {
        nodes = List.copyOf(nodes);
    }
}
