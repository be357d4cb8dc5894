package dev.umpire.harness.nemesis;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.PartitionShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which links a partition of each shape cuts. Pure: the draw decides. */
final class Partitions {

    private static final double CUT_AT_RANDOM = 0.4;

    /** Of twenty partitions. Those that isolate the leader find most, so they come most often. */
    private static final List<PartitionShape> MIXTURE = List.of(
            PartitionShape.ISOLATE_LEADER,
            PartitionShape.ISOLATE_LEADER,
            PartitionShape.ISOLATE_LEADER,
            PartitionShape.ISOLATE_LEADER,
            PartitionShape.ISOLATE_LEADER,
            PartitionShape.ISOLATE_LEADER,
            PartitionShape.ISOLATE_ONE,
            PartitionShape.ISOLATE_ONE,
            PartitionShape.ISOLATE_ONE,
            PartitionShape.HALVES,
            PartitionShape.HALVES,
            PartitionShape.HALVES,
            PartitionShape.ONE_WAY,
            PartitionShape.ONE_WAY,
            PartitionShape.ONE_WAY,
            PartitionShape.MAJORITY_RING,
            PartitionShape.MAJORITY_RING,
            PartitionShape.BRIDGE,
            PartitionShape.BRIDGE,
            PartitionShape.RANDOM);

    private Partitions() {}

    /**
     * One of them, by their weights.
     *
     * @param among those that may be; empty: all
     */
    static PartitionShape drawn(KeyedRandom.Stream stream, Collection<PartitionShape> among) {
        List<PartitionShape> mixture = among.isEmpty()
                ? MIXTURE
                : MIXTURE.stream().filter(among::contains).toList();
        return mixture.get(stream.below(mixture.size(), 0));
    }

    /** A partition of this shape among two nodes or more; where it makes no sense, one node is alone. */
    static Fault.Partition of(
            PartitionShape shape, List<Node> nodes, Optional<Node> leader, KeyedRandom.Stream stream) {
        if (nodes.size() < shape.leastNodes()) {
            return alone(any(nodes, stream), nodes);
        }
        return switch (shape) {
            case ISOLATE_LEADER -> alone(leader.orElseGet(() -> any(nodes, stream)), nodes);
            case ISOLATE_ONE -> alone(any(nodes, stream), nodes);
            case HALVES -> minorityAlone(nodes, stream);
            case ONE_WAY -> oneWay(leaderOrAny(nodes, leader, stream), nodes, stream.chance(0.5, 3));
            case MAJORITY_RING -> majorityRing(nodes, stream);
            case BRIDGE -> bridge(nodes, stream);
            case RANDOM -> random(nodes, stream);
        };
    }

    private static Node any(List<Node> nodes, KeyedRandom.Stream stream) {
        return nodes.get(stream.below(nodes.size(), 1));
    }

    private static Node leaderOrAny(List<Node> nodes, Optional<Node> leader, KeyedRandom.Stream stream) {
        return leader.filter(known -> stream.chance(0.5, 2)).orElseGet(() -> any(nodes, stream));
    }

    private static Fault.Partition alone(Node node, List<Node> nodes) {
        return between(Set.of(node), nodes);
    }

    private static Fault.Partition minorityAlone(List<Node> nodes, KeyedRandom.Stream stream) {
        int size = 1 + stream.below(Math.max(1, nodes.size() / 2), 2);
        return between(shuffled(nodes, stream).subList(0, size), nodes);
    }

    /** Nothing passes between some nodes and all others. */
    static Fault.Partition between(Collection<Node> some, Collection<Node> all) {
        SortedSet<Node> one = new TreeSet<>(some);
        SortedSet<Node> other = new TreeSet<>(all);
        other.removeAll(one);
        SortedSet<Link> links = new TreeSet<>();
        one.forEach(a -> other.forEach(b -> cut(a, b, links)));
        return new Fault.Partition(names(one) + " │ " + names(other), links);
    }

    private static Fault.Partition oneWay(Node node, List<Node> nodes, boolean deaf) {
        SortedSet<Link> links = new TreeSet<>();
        nodes.stream()
                .filter(other -> !other.equals(node))
                .forEach(other -> links.add(deaf ? new Link(other, node) : new Link(node, other)));
        return new Fault.Partition(node + (deaf ? " hears nobody" : " is heard by nobody"), links);
    }

    /** In a ring in random order each node sees so many neighbours on both sides that they are a majority with it. */
    private static Fault.Partition majorityRing(List<Node> nodes, KeyedRandom.Stream stream) {
        List<Node> ring = shuffled(nodes, stream);
        int count = ring.size();
        int reach = (count / 2 + 1) / 2;
        SortedSet<Link> links = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                int apart = Math.min(j - i, count - (j - i));
                boolean lastOfThree = count == 3 && i == 0 && j == 2;
                if (apart > reach || lastOfThree) {
                    cut(ring.get(i), ring.get(j), links);
                }
            }
        }
        return new Fault.Partition("majority ring " + names(ring), links);
    }

    private static Fault.Partition bridge(List<Node> nodes, KeyedRandom.Stream stream) {
        List<Node> order = shuffled(nodes, stream);
        Node middle = order.get(0);
        int half = 1 + (order.size() - 1) / 2;
        SortedSet<Node> one = new TreeSet<>(order.subList(1, half));
        SortedSet<Node> other = new TreeSet<>(order.subList(half, order.size()));
        SortedSet<Link> links = new TreeSet<>();
        one.forEach(a -> other.forEach(b -> cut(a, b, links)));
        return new Fault.Partition(names(one) + " ─ " + middle + " ─ " + names(other), links);
    }

    private static Fault.Partition random(List<Node> nodes, KeyedRandom.Stream stream) {
        SortedSet<Link> links = new TreeSet<>();
        List<Link> all = new ArrayList<>(allLinks(nodes));
        for (int i = 0; i < all.size(); i++) {
            if (stream.chance(CUT_AT_RANDOM, 10 + i)) {
                links.add(all.get(i));
            }
        }
        if (links.isEmpty()) {
            links.add(all.get(stream.below(all.size(), 4)));
        }
        return new Fault.Partition("of " + links.stream().map(Link::toString).collect(Collectors.joining(" ")), links);
    }

    /** Every link between these nodes. */
    static SortedSet<Link> allLinks(Collection<Node> nodes) {
        SortedSet<Link> links = new TreeSet<>();
        for (Node a : nodes) {
            for (Node b : nodes) {
                if (!a.equals(b)) {
                    links.add(new Link(a, b));
                }
            }
        }
        return links;
    }

    private static void cut(Node a, Node b, SortedSet<Link> links) {
        links.add(new Link(a, b));
        links.add(new Link(b, a));
    }

    private static List<Node> shuffled(List<Node> nodes, KeyedRandom.Stream stream) {
        List<Node> left = new ArrayList<>(nodes);
        List<Node> order = new ArrayList<>();
        for (int i = 0; !left.isEmpty(); i++) {
            order.add(left.remove(stream.below(left.size(), 5 + i)));
        }
        return order;
    }

    private static String names(Collection<Node> nodes) {
        return nodes.stream().map(Node::name).collect(Collectors.joining(" "));
    }
}
