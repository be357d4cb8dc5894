package dev.umpire.harness.nemesis;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.PartitionShape;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Decides what a fault strikes. Pure: the draw decides, and what is in force. */
final class Aim {
    /** The fewest nodes with which any fault makes sense: one is struck, another goes on. */
    static final int LEAST_NODES = 2;

    /** What takes nodes down for a while. */
    private static final Set<FaultKind> TAKES_DOWN = EnumSet.of(
            FaultKind.CRASH,
            FaultKind.PAUSE,
            FaultKind.REPLACEMENT,
            FaultKind.MEMBERSHIP,
            FaultKind.RESTORE,
            FaultKind.DISCONNECT,
            FaultKind.ROLLING_RESTART,
            FaultKind.FULL_DISK,
            FaultKind.FAILOVER);

    /** What needs nodes that agree. */
    private static final Set<FaultKind> NEEDS_AGREEMENT =
            EnumSet.of(FaultKind.FAILOVER, FaultKind.MEMBERSHIP, FaultKind.ROLLING_RESTART);

    /** What nodes could not agree under, or not in time. */
    private static final Set<FaultKind> NEVER_BESIDE_AGREEMENT = EnumSet.of(
            FaultKind.CRASH,
            FaultKind.PAUSE,
            FaultKind.REPLACEMENT,
            FaultKind.MEMBERSHIP,
            FaultKind.RESTORE,
            FaultKind.DISCONNECT,
            FaultKind.ROLLING_RESTART,
            FaultKind.FULL_DISK,
            FaultKind.FAILOVER,
            FaultKind.PARTITION,
            FaultKind.SLOW,
            FaultKind.THROTTLE,
            FaultKind.RESET);

    /** What strikes links between nodes. */
    private static final Set<FaultKind> OF_LINKS = EnumSet.of(
            FaultKind.PARTITION,
            FaultKind.SLOW,
            FaultKind.LOSS,
            FaultKind.DUPLICATION,
            FaultKind.THROTTLE,
            FaultKind.RESET);

    /** The first index of the draws of who else is struck. */
    private static final int TOGETHER = 1_000;

    // how bad faults of a degree are, from the least that a probe tells from ordinary to the most that a store can
    // stand
    private static final long LEAST_SLOWER_MILLIS = 10;
    private static final long MOST_SLOWER_MILLIS = 60;
    /** Seen beside what the way to a cluster elsewhere takes. */
    private static final long LEAST_CLIENT_SLOWER_MILLIS = 40;
    /** So that the probe, which goes this way and back a few times, is done before it is given up. */
    private static final long MOST_CLIENT_SLOWER_MILLIS = 100;

    private static final int LEAST_LOST_PERCENT = 15;
    private static final int MOST_LOST_PERCENT = 45;
    private static final long LEAST_BYTES_PER_SECOND = 8 * 1_024;
    private static final long MOST_BYTES_PER_SECOND = 64 * 1_024;
    private static final long LEAST_RESET_MILLIS = 100;
    private static final long MOST_RESET_MILLIS = 400;
    private static final int LEAST_TWICE_PERCENT = 20;
    private static final int MOST_TWICE_PERCENT = 80;
    private static final long LEAST_JUMP_MILLIS = 100;
    private static final long MOST_JUMP_MILLIS = 1_000;
    /** Two clocks may then differ by 0.4 %: leases that allow for one percent keep. */
    private static final int MOST_RATE_PER_MILLION = 2_000;

    private Aim() {}

    /**
     * What may be known when a fault strikes.
     *
     * @param leader the node that takes writes
     * @param acknowledged the node that acknowledged a write last
     * @param justNow whether it did so in this moment
     */
    record Known(Optional<Node> leader, Optional<Node> acknowledged, boolean justNow) {

        /** Nothing but who leads. */
        static Known of(Optional<Node> leader) {
            return new Known(leader, Optional.empty(), false);
        }

        private Known among(List<Node> up) {
            return new Known(leader.filter(up::contains), acknowledged.filter(up::contains), justNow);
        }
    }

    /** How many of so many nodes may be down at once: a minority, and one of two. */
    static int mostDown(int nodeCount) {
        return nodeCount == 2 ? 1 : (nodeCount - 1) / 2;
    }

    /**
     * Whether nothing that is in force forbids a fault of this kind.
     *
     * @param sendsAgain whether what is lost is sent again; loss is then as bad for nodes that are to agree as a slow link
     */
    static boolean allowed(FaultKind kind, int nodeCount, Collection<Fault> inForce, boolean sendsAgain) {
        for (FaultKind other : inForce.stream().map(Fault::kind).toList()) {
            boolean agreement = NEEDS_AGREEMENT.contains(kind) || NEEDS_AGREEMENT.contains(other);
            boolean bothRefuse = NEVER_BESIDE_AGREEMENT.contains(kind) && NEVER_BESIDE_AGREEMENT.contains(other);
            boolean loss = sendsAgain && (kind == FaultKind.LOSS || other == FaultKind.LOSS);
            if (other == kind || (agreement && (bothRefuse || loss)) || hides(kind, other, sendsAgain)) {
                return false;
            }
        }
        return !TAKES_DOWN.contains(kind) || down(inForce).size() < mostDown(nodeCount);
    }

    /**
     * Whether a fault is no worse than one that could be drawn while these are in force: not beside what forbids it, with a minority
     * down, and of a degree that is drawn.
     *
     * @param sendsAgain whether what is lost is sent again
     */
    static boolean couldBeDrawn(Fault fault, int nodeCount, Collection<Fault> inForce, boolean sendsAgain) {
        SortedSet<Node> down = down(inForce);
        down.addAll(fault.down());
        return allowed(fault.kind(), nodeCount, inForce, sendsAgain)
                && (fault.down().isEmpty() || down.size() <= mostDown(nodeCount))
                && isOfDrawnDegree(fault);
    }

    private static boolean isOfDrawnDegree(Fault fault) {
        return switch (fault.kind()) {
            case SLOW -> fault.amount() <= MOST_SLOWER_MILLIS;
            case CLIENT_SLOW -> fault.amount() <= MOST_CLIENT_SLOWER_MILLIS;
            case LOSS -> fault.amount() <= MOST_LOST_PERCENT;
            case THROTTLE -> fault.amount() >= LEAST_BYTES_PER_SECOND;
            case RESET -> fault.amount() >= LEAST_RESET_MILLIS;
            case DUPLICATION -> fault.amount() <= MOST_TWICE_PERCENT;
            case CLOCK ->
                fault.nodes().size() == 1
                        && isWithin(MOST_JUMP_MILLIS, fault.amount())
                        && isWithin(MOST_RATE_PER_MILLION, fault.rate());
            default -> true;
        };
    }

    private static boolean isWithin(long most, long amount) {
        return -most <= amount && amount <= most;
    }

    /**
     * Whether of two faults of links one hides from a probe what the other does, so that both are never in force together: where
     * little passes, or connections are reset, and, where what is lost is sent again, where some is lost.
     */
    static boolean hides(FaultKind one, FaultKind other, boolean sendsAgain) {
        return OF_LINKS.contains(one)
                && OF_LINKS.contains(other)
                && (hides(one, sendsAgain) || hides(other, sendsAgain));
    }

    private static boolean hides(FaultKind kind, boolean sendsAgain) {
        return kind == FaultKind.THROTTLE || kind == FaultKind.RESET || (sendsAgain && kind == FaultKind.LOSS);
    }

    /** The nodes that are down. */
    static SortedSet<Node> down(Collection<Fault> inForce) {
        SortedSet<Node> down = new TreeSet<>();
        inForce.forEach(fault -> down.addAll(fault.down()));
        return down;
    }

    /** The links that are cut. */
    static SortedSet<Link> cut(Collection<Fault> inForce) {
        SortedSet<Link> cut = new TreeSet<>();
        inForce.stream()
                .filter(fault -> fault instanceof Fault.Partition)
                .forEach(fault -> cut.addAll(obscuredBy(fault)));
        return cut;
    }

    /**
     * The links of which a probe can tell nothing beside this fault: its own; of a link of clients also the way back, as a
     * client knows only what is answered.
     */
    static SortedSet<Link> obscuredBy(Fault fault) {
        SortedSet<Link> links = new TreeSet<>(fault.links());
        for (Link link : fault.links()) {
            if (link.ofClients()) {
                links.add(link.back());
            }
        }
        return links;
    }

    /**
     * Whether a fault is to strike in the moment in which a write is acknowledged: where it is acknowledged before it is
     * replicated, no other moment shows it as well.
     */
    static boolean awaitsAcknowledgment(FaultKind kind, long draw, KeyedRandom random) {
        return TAKES_DOWN.contains(kind)
                && kind != FaultKind.FAILOVER
                && kind != FaultKind.ROLLING_RESTART
                && random.stream("nemesis/moment/" + kind.optionName()).chance(0.25, draw);
    }

    /**
     * What to strike with a fault that is {@link #allowed}; empty if there is nothing now.
     *
     * @param shapes those that a partition may have; empty: all
     */
    static Optional<Fault> at(
            FaultKind kind,
            Collection<PartitionShape> shapes,
            long draw,
            KeyedRandom random,
            List<Node> nodes,
            Known known,
            Collection<Fault> inForce) {
        KeyedRandom.Stream stream =
                random.stream("nemesis/aim/" + kind.optionName()).split(draw);
        SortedSet<Node> down = down(inForce);
        List<Node> up = nodes.stream().filter(node -> !down.contains(node)).toList();
        Known now = known.among(up);
        SortedSet<Node> victim = new TreeSet<>(Set.of(victim(stream, now, up)));
        return switch (kind) {
            case CRASH -> Optional.of(new Fault.Crash(victim));
            case PAUSE -> Optional.of(new Fault.Pause(victim));
            case REPLACEMENT -> Optional.of(new Fault.Replacement(victim));
            case MEMBERSHIP -> Optional.of(new Fault.Membership(victim));
            case DISCONNECT -> Optional.of(new Fault.Disconnection(victim));
            case RESTORE ->
                Optional.of(new Fault.Restoration(together(stream, victim, up, mostDown(nodes.size()) - down.size())));
            case FULL_DISK -> Optional.of(new Fault.FullDisk(victim));
            case ROLLING_RESTART ->
                Optional.of(new Fault.RollingRestart(new TreeSet<>(up), stream.below(up.size(), 2)));
            case FAILOVER -> now.leader().map(Fault.Failover::new);
            case CLOCK -> Optional.of(wrongClock(stream, victim));
            case PARTITION -> partition(shapes, stream, now.leader(), nodes, down);
            case SLOW, LOSS, DUPLICATION, THROTTLE, RESET -> weather(kind, stream, now.leader(), nodes, inForce);
            case CLIENT_CUT -> Optional.of(clientsApart(stream, victim.first()));
            case CLIENT_SLOW -> clientsLate(stream, victim.first(), up, inForce);
        };
    }

    /** Half of the time as many at once as may be down: old backups are seldom brought back one by one. */
    private static SortedSet<Node> together(
            KeyedRandom.Stream stream, SortedSet<Node> victim, List<Node> up, int most) {
        SortedSet<Node> together = new TreeSet<>(victim);
        for (int i = 1; i < most && stream.chance(0.5, TOGETHER); i++) {
            List<Node> left =
                    up.stream().filter(node -> !together.contains(node)).toList();
            together.add(left.get(stream.below(left.size(), TOGETHER + i)));
        }
        return together;
    }

    /** Who acknowledged just now; else the leader half of the time, the last to acknowledge a quarter, else any. */
    private static Node victim(KeyedRandom.Stream stream, Known known, List<Node> up) {
        if (known.justNow() && known.acknowledged().isPresent()) {
            return known.acknowledged().get();
        }
        double drawn = stream.unit(0);
        if (drawn < 0.5 && known.leader().isPresent()) {
            return known.leader().get();
        }
        if (drawn >= 0.5 && drawn < 0.75 && known.acknowledged().isPresent()) {
            return known.acknowledged().get();
        }
        return up.get(stream.below(up.size(), 1));
    }

    private static Fault wrongClock(KeyedRandom.Stream stream, SortedSet<Node> victim) {
        long jumpMillis = stream.between(LEAST_JUMP_MILLIS, MOST_JUMP_MILLIS, 2);
        int partsPerMillion = (int) stream.between(-MOST_RATE_PER_MILLION, MOST_RATE_PER_MILLION, 3);
        return new Fault.WrongClock(victim, stream.chance(0.5, 4) ? jumpMillis : -jumpMillis, partsPerMillion);
    }

    private static Optional<Fault> partition(
            Collection<PartitionShape> shapes,
            KeyedRandom.Stream stream,
            Optional<Node> leader,
            List<Node> nodes,
            Set<Node> down) {
        Fault.Partition partition = Partitions.of(Partitions.drawn(stream, shapes), nodes, leader, stream);
        boolean canBeProbed =
                !Probe.probeable(partition.links(), down, Set.of()).isEmpty();
        return canBeProbed ? Optional.of(partition) : Optional.empty();
    }

    /** Half of the time both ways, else one of them. */
    private static Fault clientsApart(KeyedRandom.Stream stream, Node node) {
        int drawn = stream.below(4, 2);
        if (drawn == 0) {
            return new Fault.Partition(node + " hears no client", new TreeSet<>(Set.of(toNode(node))));
        }
        if (drawn == 1) {
            return new Fault.Partition(
                    node + " is heard by no client",
                    new TreeSet<>(Set.of(toNode(node).back())));
        }
        return new Fault.Partition("clients │ " + node, bothWays(List.of(node)));
    }

    /** Those of one node or of all, where they are not cut. */
    private static Optional<Fault> clientsLate(
            KeyedRandom.Stream stream, Node node, List<Node> up, Collection<Fault> inForce) {
        SortedSet<Link> links = bothWays(stream.chance(0.5, 2) ? up : List.of(node));
        links.removeAll(cut(inForce));
        return links.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault.Slowness(
                        links, stream.between(LEAST_CLIENT_SLOWER_MILLIS, MOST_CLIENT_SLOWER_MILLIS, 3)));
    }

    private static SortedSet<Link> bothWays(List<Node> nodes) {
        SortedSet<Link> links = new TreeSet<>();
        nodes.forEach(node -> links.addAll(Set.of(toNode(node), toNode(node).back())));
        return links;
    }

    private static Link toNode(Node node) {
        return new Link(Node.CLIENTS, node);
    }

    /** Something that makes links worse without cutting them. */
    private static Optional<Fault> weather(
            FaultKind kind,
            KeyedRandom.Stream stream,
            Optional<Node> leader,
            List<Node> nodes,
            Collection<Fault> inForce) {
        SortedSet<Link> struck = new TreeSet<>(struckLinks(stream, leader, nodes));
        if (kind == FaultKind.RESET) {
            // a connection uses both ways
            List.copyOf(struck).forEach(link -> struck.add(link.back()));
        }
        SortedSet<Link> links = new TreeSet<>(Probe.probeable(struck, down(inForce), cut(inForce)));
        if (links.isEmpty()) {
            return Optional.empty();
        }
        long amount = switch (kind) {
            case SLOW -> stream.between(LEAST_SLOWER_MILLIS, MOST_SLOWER_MILLIS, 5);
            case LOSS -> stream.between(LEAST_LOST_PERCENT, MOST_LOST_PERCENT, 5);
            case THROTTLE -> stream.between(LEAST_BYTES_PER_SECOND, MOST_BYTES_PER_SECOND, 5);
            case RESET -> stream.between(LEAST_RESET_MILLIS, MOST_RESET_MILLIS, 5);
            default -> stream.between(LEAST_TWICE_PERCENT, MOST_TWICE_PERCENT, 5);
        };
        return Optional.of(
                kind == FaultKind.SLOW ? new Fault.Slowness(links, amount) : new Fault.PoorLinks(kind, links, amount));
    }

    /** All links, those of the leader or of any node, those from it, those to it, or one. */
    private static SortedSet<Link> struckLinks(KeyedRandom.Stream stream, Optional<Node> leader, List<Node> nodes) {
        SortedSet<Link> all = Partitions.allLinks(nodes);
        Node node =
                leader.filter(known -> stream.chance(0.5, 1)).orElseGet(() -> nodes.get(stream.below(nodes.size(), 2)));
        int drawn = stream.below(10, 3);
        if (drawn < 3) {
            return all;
        }
        if (drawn == 9) {
            return new TreeSet<>(Set.of(List.copyOf(all).get(stream.below(all.size(), 4))));
        }
        boolean out = drawn != 8;
        boolean in = drawn != 7;
        SortedSet<Link> links = new TreeSet<>();
        for (Link link : all) {
            if ((out && link.from().equals(node)) || (in && link.to().equals(node))) {
                links.add(link);
            }
        }
        return links;
    }
}
