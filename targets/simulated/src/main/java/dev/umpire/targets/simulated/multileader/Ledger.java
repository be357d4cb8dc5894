package dev.umpire.targets.simulated.multileader;

import dev.umpire.targets.simulated.world.Disk;
import dev.umpire.targets.simulated.world.Host;
import dev.umpire.targets.simulated.world.LogFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What one leader has: all changes in the order in which it took them (on disk), what they make of the keys (in memory),
 * and those that came too early and wait for others.
 */
final class Ledger {
    private final int leader;
    private final Rules rules;
    private final Disk disk;
    private final LogFile<Change> log;
    private final LeaderClock clock;
    private final Contents contents;
    /** By origin and sequence. Not on disk: nobody is told that they are here, so they are sent again. */
    private final List<NavigableMap<Long, Change>> early = new ArrayList<>();

    private VersionVector has;
    /** Up to where its own changes have come back to a leader that takes them for another's. */
    private long cameBack;

    private int durable;

    Ledger(Host host, Rules rules) {
        this.leader = host.address();
        this.rules = rules;
        this.disk = host.disk();
        this.log = disk.log("changes", Change::withValue);
        this.clock = new LeaderClock(host, rules.hybridClock());
        this.contents = new Contents(rules);
        this.has = VersionVector.none(host.nodeCount());
        for (int origin = 0; origin < host.nodeCount(); origin++) {
            early.add(new TreeMap<>());
        }
        for (int i = 0; i < log.size(); i++) {
            note(log.get(i));
        }
        this.durable = log.size();
    }

    Contents contents() {
        return contents;
    }

    /** What this leader has, of its own what it made. */
    VersionVector has() {
        return has;
    }

    /** What this leader need not be sent. */
    VersionVector received() {
        if (rules.knowsItsOwn()) {
            return has;
        }
        List<Long> counts = new ArrayList<>(has.counts());
        counts.set(leader, cameBack);
        return new VersionVector(counts);
    }

    /** How many records of the log, counted from the first, survive a crash. */
    int durable() {
        return durable;
    }

    /** A record of the log, from 0. */
    Change get(int number) {
        return log.get(number);
    }

    /** Makes a change of this leader's own. */
    Change make(Deed deed) {
        long sequence = has.of(leader) + 1;
        Change change = new Change(new Dot(leader, sequence), has, clock.next(sequence), deed);
        append(change);
        return change;
    }

    /** Takes changes that another leader sent, each once, as soon as what must come before it is here. */
    void take(List<Change> changes) {
        for (Change change : changes) {
            early.get(change.dot().origin()).put(change.dot().sequence(), change);
        }
        boolean any = true;
        while (any) {
            any = false;
            for (NavigableMap<Long, Change> waiting : early) {
                any |= takeFirst(waiting);
            }
        }
    }

    /** Whether it took or dropped the first of those that wait. */
    private boolean takeFirst(NavigableMap<Long, Change> waiting) {
        Map.Entry<Long, Change> first = waiting.firstEntry();
        if (first == null) {
            return false;
        }
        Change change = first.getValue();
        long received = received().of(change.dot().origin());
        if (change.dot().sequence() > received) {
            boolean inSequence = !rules.fillsGaps() || change.dot().sequence() == received + 1;
            boolean inOrder = !rules.causalDelivery() || hasAllOfOthers(change);
            if (!inSequence || !inOrder) {
                return false;
            }
            append(change);
        }
        waiting.pollFirstEntry();
        return true;
    }

    /** Whether this leader has what other leaders than its own can have made a change depend on. */
    private boolean hasAllOfOthers(Change change) {
        int origin = change.dot().origin();
        return has.with(new Dot(origin, change.past().of(origin))).covers(change.past());
    }

    private void append(Change change) {
        log.append(change);
        note(change);
    }

    private void note(Change change) {
        Dot dot = change.dot();
        if (dot.origin() == leader && has.has(dot)) {
            cameBack = dot.sequence();
        }
        clock.heardOf(change.time());
        contents.apply(change, has);
        has = has.with(dot);
    }

    /** Calls back once everything that was taken and made so far survives a crash: at once, where it does. */
    void whenDurable(Runnable then) {
        int size = log.size();
        if (disk.clean()) {
            durable = size;
            then.run();
        } else {
            disk.sync(() -> {
                durable = Math.max(durable, size);
                then.run();
            });
        }
    }
}
