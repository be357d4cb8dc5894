package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Node;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The brokers of a cluster as they can be asked, whoever runs them.
 *
 * @param ids of the brokers
 * @param topic that sessions use; their group has its name
 */
record KafkaNodes(
        Environment environment,
        KafkaSettings settings,
        List<Node> nodes,
        NodePorts ports,
        Map<Node, Integer> ids,
        String topic) {

    /** The bound of every question to a broker. */
    static final int QUESTION_MILLIS = 500;

    KafkaNodes {
        nodes = List.copyOf(nodes);
        ids = Map.copyOf(ids);
    }

    /** Where Kafka's own clients find the brokers, which tell them where to go on: at the same ports. */
    String bootstrap() {
        return nodes.stream().map(node -> "127.0.0.1:" + ports.client(node)).collect(Collectors.joining(","));
    }

    /** The id of a broker. */
    int id(Node node) {
        return node.in(ids);
    }

    /** The node of a broker's id. */
    Node node(int id) {
        return nodes.stream()
                .filter(node -> id(node) == id)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("broker: found " + id + ", expected one of " + ids.values()));
    }
}
