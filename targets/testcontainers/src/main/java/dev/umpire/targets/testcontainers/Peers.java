package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.target.Node;
import java.util.List;

/** Where a node dials the others. */
public final class Peers {
    private final Node own;
    private final List<Node> nodes;
    private final String host;
    private final NodeLinks links;

    /** @param host at which all links are dialled from inside of containers */
    Peers(Node own, List<Node> nodes, String host, NodeLinks links) {
        this.own = own;
        this.nodes = List.copyOf(nodes);
        this.host = host;
        this.links = links;
    }

    /** All nodes of the cluster in their order, this one too. */
    public List<Node> nodes() {
        return nodes;
    }

    /** Whether this is the first node: of stores with one leader the one that leads first. */
    public boolean isFirst() {
        return own.equals(nodes.get(0));
    }

    /** The host at which every other node is dialled; the port says which. */
    public String host() {
        return host;
    }

    /**
     * The port at which this node dials another.
     *
     * @throws IllegalArgumentException if there is no such other node
     */
    public int port(Node other) {
        return links.dial(own, other);
    }
}
