package dev.umpire.harness.target;

/** The way of messages from one node to another; the way back is another link. */
public record Link(Node from, Node to) implements Comparable<Link> {
    public Link {
        if (from.equals(to)) {
            throw new IllegalArgumentException("to: found " + to + " at both ends, expected two nodes");
        }
    }

    /** Whether it lies between the run's clients and a node. */
    public boolean ofClients() {
        return from.equals(Node.CLIENTS) || to.equals(Node.CLIENTS);
    }

    /** The way back. */
    public Link back() {
        return new Link(to, from);
    }

    @Override
    public int compareTo(Link other) {
        int byFrom = from.compareTo(other.from);
        return byFrom != 0 ? byFrom : to.compareTo(other.to);
    }

    @Override
    public String toString() {
        return from + "→" + to;
    }
}
