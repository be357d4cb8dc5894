package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Node;
import java.util.List;

/** Where a node dials the others, and where it is dialled. */
public final class Peers {
    private final Node own;
    private final List<Node> nodes;
    private final Doors doors;

    Peers(Node own, List<Node> nodes, Doors doors) {
        this.own = own;
        this.nodes = List.copyOf(nodes);
        this.doors = doors;
    }

    /** All nodes of the cluster in their order, this one too. */
    public List<Node> nodes() {
        return nodes;
    }

    /** Whether this is the first node: of stores with one leader the one that leads first. */
    public boolean isFirst() {
        return own.equals(nodes.get(0));
    }

    /** The number of a node, 1 or more, in the order of all: 2 for {@code n2}. */
    public int number(Node node) {
        return nodes.indexOf(node) + 1;
    }

    /** The host at which every other node is dialled; the port says which. */
    public String host() {
        return doors.gateway();
    }

    /**
     * The port at which this node dials another, of which the first of the store's {@code peerPorts} is there.
     *
     * @throws IllegalArgumentException if there is no such other node
     */
    public int port(Node other) {
        return doors.links().dial(own, other);
    }

    /**
     * The port at which every other node dials one: for stores whose nodes tell each other where a third is. Who dials is told
     * by the address of its container.
     *
     * @param node that is dialled, which may be this one
     * @param inside at which it listens in its container, one of the store's {@code peerPorts}
     * @throws IllegalArgumentException if there is no such node or port
     */
    public int advertised(Node node, int inside) {
        return doors.advertised(node, inside);
    }

    /**
     * The port of the loopback address at which clients reach a node: for stores whose nodes tell clients where the others are.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public int client(Node node) {
        return doors.client(node);
    }
}
