package dev.umpire.harness.nemesis;

import dev.umpire.harness.plan.Script;
import java.util.TreeSet;

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
            case DUPLICATION -> new Fault.Duplication(strike.links(), (int) strike.amount());
        };
    }

    static Script.Strike strike(Fault fault, long fromNanos, long untilNanos) {
        String shape = fault instanceof Fault.Partition partition ? partition.shape() : "";
        long amount = 0;
        int rate = 0;
        if (fault instanceof Fault.Slowness slowness) {
            amount = slowness.moreMillis();
        } else if (fault instanceof Fault.Loss loss) {
            amount = loss.percent();
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
