package dev.umpire.harness.nemesis;

import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Faults as they stand in a script. */
final class Scripted {
    private Scripted() {}

    static Fault fault(Script.Strike strike) {
        return switch (strike.kind()) {
            case CRASH -> new Fault.Crash(strike.nodes());
            case PAUSE -> new Fault.Pause(strike.nodes());
            case REPLACEMENT -> new Fault.Replacement(strike.nodes());
            case MEMBERSHIP -> new Fault.Membership(strike.nodes());
            case RESTORE -> new Fault.Restoration(strike.nodes());
            case DISCONNECT -> new Fault.Disconnection(strike.nodes());
            case FULL_DISK -> new Fault.FullDisk(strike.nodes());
            case ROLLING_RESTART -> new Fault.RollingRestart(strike.nodes(), first(strike.amount()));
            case FAILOVER -> new Fault.Failover(strike.nodes().first());
            case CLOCK -> new Fault.WrongClock(strike.nodes(), strike.amount(), strike.rate());
            case PARTITION, CLIENT_CUT -> new Fault.Partition(strike.shape(), strike.links());
            case SLOW, CLIENT_SLOW -> new Fault.Slowness(strike.links(), strike.amount());
            case LOSS, THROTTLE, RESET, DUPLICATION ->
                new Fault.PoorLinks(strike.kind(), strike.links(), strike.amount());
        };
    }

    private static int first(long amount) {
        if (amount < 0 || amount > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("first: found " + amount + ", expected 0 to " + Integer.MAX_VALUE);
        }
        return (int) amount;
    }

    /**
     * Refuses what cannot strike a cluster of these nodes.
     *
     * @throws IllegalArgumentException if a fault strikes a node or link that is not there, or none, or has a degree that it
     *     cannot have
     */
    static void require(Script.Strike strike, List<Node> nodes) {
        String place = place(strike);
        Set<Node> ends = new TreeSet<>(nodes);
        if (strike.kind().ofClients()) {
            ends.add(Node.CLIENTS);
        }
        for (Node node : strike.nodes()) {
            if (!nodes.contains(node)) {
                throw new IllegalArgumentException(place + node + ", expected one of " + nodes);
            }
        }
        for (Link link : strike.links()) {
            if (!ends.contains(link.from()) || !ends.contains(link.to())) {
                throw new IllegalArgumentException(place + link + ", expected a link between two of " + ends);
            }
        }
        if (strike.nodes().isEmpty() == strike.links().isEmpty()) {
            throw new IllegalArgumentException(
                    place + strike.nodes() + " and links " + strike.links() + ", expected one of both");
        }
        Fault fault;
        try {
            fault = fault(strike);
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new IllegalArgumentException(
                    place + strike.nodes() + " and links " + strike.links() + ": " + e.getMessage(), e);
        }
        boolean same = fault.nodes().equals(strike.nodes())
                && fault.links().equals(strike.links())
                && fault.kind() == strike.kind();
        if (!same) {
            throw new IllegalArgumentException(place + strike.nodes() + " and links " + strike.links()
                    + ", expected what this kind strikes: " + fault.describe());
        }
    }

    private static String place(Script.Strike strike) {
        return "schedule: " + strike.kind().optionName() + " from " + TimeUnit.NANOSECONDS.toMillis(strike.fromNanos())
                + " ms: found ";
    }

    /**
     * Refuses faults of one kind that are in force together on a node or link: the heal of the first would undo both.
     *
     * @param strikes in the order of time
     * @throws IllegalArgumentException if there are such
     */
    static void requireApart(List<Script.Strike> strikes) {
        for (int i = 0; i < strikes.size(); i++) {
            Script.Strike earlier = strikes.get(i);
            for (int j = i + 1; j < strikes.size() && strikes.get(j).fromNanos() < earlier.untilNanos(); j++) {
                Script.Strike later = strikes.get(j);
                if (meet(earlier, later)) {
                    throw new IllegalArgumentException(place(later) + later.targets() + " while "
                            + earlier.kind().optionName() + " from "
                            + TimeUnit.NANOSECONDS.toMillis(earlier.fromNanos()) + " to "
                            + TimeUnit.NANOSECONDS.toMillis(earlier.untilNanos()) + " ms strikes " + earlier.targets()
                            + ", expected one of a kind at a time on a node or link");
                }
            }
        }
    }

    /**
     * The same, where those of one kind that would be in force together on a node or link end when the next of them begins.
     *
     * @param strikes in the order of time
     */
    static List<Script.Strike> apart(List<Script.Strike> strikes) {
        List<Script.Strike> apart = new ArrayList<>();
        for (int i = 0; i < strikes.size(); i++) {
            Script.Strike one = strikes.get(i);
            long untilNanos = strikes.subList(i + 1, strikes.size()).stream()
                    .filter(later -> meet(one, later))
                    .mapToLong(Script.Strike::fromNanos)
                    .min()
                    .orElse(Long.MAX_VALUE);
            apart.add(one.during(one.fromNanos(), Math.min(one.untilNanos(), untilNanos)));
        }
        return apart;
    }

    /**
     * The kinds of which something is worse than a nemesis would draw it beside what is in force then; not of what strikes clients
     * alone.
     *
     * @param strikes in the order of time
     * @param sendsAgain whether what is lost is sent again, beside which some faults are never drawn
     */
    static SortedSet<FaultKind> worseThanDrawn(List<Script.Strike> strikes, int nodeCount, boolean sendsAgain) {
        SortedSet<FaultKind> worse = new TreeSet<>();
        Map<Fault, Long> inForce = new LinkedHashMap<>();
        for (Script.Strike strike : strikes) {
            inForce.values().removeIf(untilNanos -> untilNanos <= strike.fromNanos());
            Optional<Fault> fault = possible(strike);
            boolean drawn = fault.isPresent() && Aim.couldBeDrawn(fault.get(), nodeCount, inForce.keySet(), sendsAgain);
            if (!drawn && !strike.kind().ofClients()) {
                worse.add(strike.kind());
            }
            fault.ifPresent(one -> inForce.merge(one, strike.untilNanos(), Math::max));
        }
        return worse;
    }

    private static Optional<Fault> possible(Script.Strike strike) {
        try {
            return Optional.of(fault(strike));
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return Optional.empty();
        }
    }

    private static boolean meet(Script.Strike one, Script.Strike other) {
        return one.kind() == other.kind()
                && !(Collections.disjoint(one.nodes(), other.nodes())
                        && Collections.disjoint(one.links(), other.links()));
    }

    static Script.Strike strike(Fault fault, long fromNanos, long untilNanos) {
        return new Script.Strike(
                fault.kind(),
                new TreeSet<>(fault.nodes()),
                new TreeSet<>(fault.links()),
                fault.shape(),
                fault.amount(),
                fault.rate(),
                fromNanos,
                untilNanos);
    }
}
