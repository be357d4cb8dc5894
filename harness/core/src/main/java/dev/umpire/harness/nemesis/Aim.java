package dev.umpire.harness.nemesis;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Decides what a fault strikes. Pure: the draw decides, and what is in force. */
final class Aim {
    /** The fewest nodes with which any fault makes sense: one is struck, another goes on. */
    static final int LEAST_NODES = 2;

    private Aim() {}

    /** How many of so many nodes may be down at once: a minority, and one of two. */
    static int mostDown(int nodeCount) {
        return nodeCount == 2 ? 1 : (nodeCount - 1) / 2;
    }

    /** Whether nothing that is in force forbids a fault of this kind. */
    static boolean allowed(FaultKind kind, int nodeCount, Collection<Fault> inForce) {
        if (inForce.isEmpty()) {
            return true;
        }
        if (kind == FaultKind.FAILOVER || inForce.stream().anyMatch(fault -> fault.kind() == FaultKind.FAILOVER)) {
            return false;
        }
        if (inForce.stream().anyMatch(fault -> fault.kind() == kind)) {
            return false;
        }
        return kind == FaultKind.PARTITION || down(inForce).size() < mostDown(nodeCount);
    }

    /** The nodes that are down. */
    static SortedSet<Node> down(Collection<Fault> inForce) {
        SortedSet<Node> down = new TreeSet<>();
        inForce.forEach(fault -> down.addAll(fault.nodes()));
        return down;
    }

    /** What to strike; empty if there is nothing now. */
    static Optional<Fault> at(
            FaultKind kind,
            long draw,
            KeyedRandom random,
            List<Node> nodes,
            Optional<Node> leader,
            Collection<Fault> inForce) {
        if (!allowed(kind, nodes.size(), inForce)) {
            return Optional.empty();
        }
        KeyedRandom.Stream stream =
                random.stream("nemesis/aim/" + kind.optionName()).split(draw);
        SortedSet<Node> down = down(inForce);
        List<Node> up = nodes.stream().filter(node -> !down.contains(node)).toList();
        Optional<Node> upLeader = leader.filter(up::contains);
        return switch (kind) {
            case CRASH -> Optional.of(new Fault.Crash(victim(stream, upLeader, up)));
            case PAUSE -> Optional.of(new Fault.Pause(victim(stream, upLeader, up)));
            case FAILOVER -> upLeader.map(Fault.Failover::new);
            case PARTITION -> partition(stream, upLeader, nodes, down);
        };
    }

    /** The leader half of the time, else any. */
    private static SortedSet<Node> victim(KeyedRandom.Stream stream, Optional<Node> leader, List<Node> up) {
        Node victim = leader.isPresent() && stream.chance(0.5, 0) ? leader.get() : up.get(stream.below(up.size(), 1));
        return new TreeSet<>(Set.of(victim));
    }

    /** The leader alone four times in ten, any node alone three, a random minority three. */
    private static Optional<Fault> partition(
            KeyedRandom.Stream stream, Optional<Node> leader, List<Node> nodes, Set<Node> down) {
        SortedSet<Node> one = new TreeSet<>();
        int shape = stream.below(10, 0);
        if (shape < 4 && leader.isPresent()) {
            one.add(leader.get());
        } else if (shape < 7) {
            one.add(nodes.get(stream.below(nodes.size(), 1)));
        } else {
            List<Node> left = new ArrayList<>(nodes);
            int size = 1 + stream.below(Math.max(1, nodes.size() / 2), 2);
            for (int i = 0; i < size; i++) {
                one.add(left.remove(stream.below(left.size(), 3 + i)));
            }
        }
        SortedSet<Node> other = new TreeSet<>(nodes);
        other.removeAll(one);
        boolean canBeProbed = !down.containsAll(one) && !down.containsAll(other);
        return canBeProbed ? Optional.of(new Fault.Partition(one, other)) : Optional.empty();
    }
}
