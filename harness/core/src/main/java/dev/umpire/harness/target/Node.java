package dev.umpire.harness.target;

/** A replica, by the name that stands in histories: {@code n1}. */
public record Node(String name) implements Comparable<Node> {
    @Override
    public int compareTo(Node other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
