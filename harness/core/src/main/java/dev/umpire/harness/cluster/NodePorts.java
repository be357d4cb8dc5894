package dev.umpire.harness.cluster;

import dev.umpire.harness.target.Node;
import java.util.function.ToIntFunction;

/** The ports of the loopback address at which nodes are reached, whoever runs them. */
public interface NodePorts {

    /** Where a session's client dials. */
    int client(Node node);

    /** Where a node is asked what sessions do not ask, by a way that no fault strikes. */
    int direct(Node node);

    /** Of nodes of this machine, at which all dial the same port. */
    static NodePorts of(ToIntFunction<Node> port) {
        return new NodePorts() {
            @Override
            public int client(Node node) {
                return port.applyAsInt(node);
            }

            @Override
            public int direct(Node node) {
                return port.applyAsInt(node);
            }
        };
    }
}
