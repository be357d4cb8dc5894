package dev.umpire.harness.nemesis;

import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
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
            case ROLLING_RESTART -> new Fault.RollingRestart(strike.nodes(), (int) strike.amount());
            case FAILOVER -> new Fault.Failover(strike.nodes().first());
            case CLOCK -> new Fault.WrongClock(strike.nodes(), strike.amount(), strike.rate());
            case PARTITION, CLIENT_CUT -> new Fault.Partition(strike.shape(), strike.links());
            case SLOW, CLIENT_SLOW -> new Fault.Slowness(strike.links(), strike.amount());
            case LOSS -> new Fault.Loss(strike.links(), (int) strike.amount());
            case THROTTLE -> new Fault.Throttle(strike.links(), strike.amount());
            case RESET -> new Fault.Reset(strike.links(), strike.amount());
            case DUPLICATION -> new Fault.Duplication(strike.links(), (int) strike.amount());
        };
    }

    /**
     * Refuses what cannot strike a cluster of these nodes.
     *
     * @throws IllegalArgumentException if a fault strikes a node or link that is not there, or none, or has a degree that it
     *     cannot have
     */
    static void require(Script.Strike strike, List<Node> nodes) {
        String place = "schedule: " + strike.kind().optionName() + " from "
                + TimeUnit.NANOSECONDS.toMillis(strike.fromNanos()) + " ms: found ";
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

    static Script.Strike strike(Fault fault, long fromNanos, long untilNanos) {
        String shape = fault instanceof Fault.Partition partition ? partition.shape() : "";
        long amount = 0;
        int rate = 0;
        if (fault instanceof Fault.Slowness slowness) {
            amount = slowness.moreMillis();
        } else if (fault instanceof Fault.Loss loss) {
            amount = loss.percent();
        } else if (fault instanceof Fault.Throttle throttle) {
            amount = throttle.bytesPerSecond();
        } else if (fault instanceof Fault.Reset reset) {
            amount = reset.everyMillis();
        } else if (fault instanceof Fault.Duplication duplication) {
            amount = duplication.percent();
        } else if (fault instanceof Fault.RollingRestart restart) {
            amount = restart.first();
        } else if (fault instanceof Fault.WrongClock clock) {
            amount = clock.jumpMillis();
            rate = clock.partsPerMillion();
        }
        return new Script.Strike(
                fault.kind(),
                new TreeSet<>(fault.nodes()),
                new TreeSet<>(fault.links()),
                shape,
                amount,
                rate,
                fromNanos,
                untilNanos);
    }
}
