package dev.umpire.harness.target;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A replica, by the name that stands in histories: {@code n1}. */
public record Node(String name) implements Comparable<Node> {

    /** All clients of a run, as one end of the links between them and the nodes. It is none of the nodes of a cluster. */
    public static final Node CLIENTS = new Node("clients");

    /** The nodes of a cluster of this many: {@code n1}, {@code n2}, ... */
    public static List<Node> firstOf(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Node("n" + number))
                .toList();
    }

    /**
     * What there is of this node.
     *
     * @throws IllegalArgumentException if there is nothing; the message names the nodes of which there is something
     */
    public <T> T in(Map<Node, T> byNode) {
        T found = byNode.get(this);
        if (found == null) {
            throw new IllegalArgumentException("node: found " + this + ", expected one of " + byNode.keySet());
        }
        return found;
    }

    @Override
    public int compareTo(Node other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
