package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.singleleader.Protocol.Append;
import dev.umpire.targets.simulated.singleleader.Protocol.AppendGap;
import dev.umpire.targets.simulated.singleleader.Protocol.AppendOk;
import dev.umpire.targets.simulated.singleleader.Protocol.Done;
import dev.umpire.targets.simulated.singleleader.Protocol.Unknown;
import dev.umpire.targets.simulated.singleleader.Protocol.WriteRequest;
import dev.umpire.targets.simulated.world.Host;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * What a node does while it leads one epoch: takes writes, ships the log, counts who holds what, commits, acknowledges, and
 * keeps its lease.
 */
final class Leadership {
    private static final long HEARTBEAT_NANOS = 20_000_000;
    /** After this long without an answer an append is taken for lost. */
    private static final long RESEND_NANOS = 60_000_000;
    /** After this long without an answer a follower is slow; only SL6 cares. */
    private static final long SLOW_NANOS = 100_000_000;
    /** The longest gap before a batch for which a write waits. */
    private static final long PROMPT_SHIPPING_NANOS = 1_000_000;
    /** The longest gap where no follower is waited for. */
    private static final long BATCHED_SHIPPING_NANOS = 8_000_000;
    /** The longest gap for a follower beside the one that is waited for. */
    private static final long ASIDE_SHIPPING_NANOS = 30_000_000;
    /** How long the log stays unsynced where it is synced in the background. */
    private static final long BACKGROUND_SYNC_NANOS = 50_000_000;

    private final Host host;
    private final Rules rules;
    private final Ledger ledger;
    private final long epoch;
    private final Progress[] followers;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final long[] sorted;
    private Environment.Timer heartbeat = () -> {};
    private long barrier;
    private long durable;
    private boolean syncing;
    private long leaseUntilNanos;
    private boolean ended;

    Leadership(Host host, Rules rules, Ledger ledger) {
        this.host = host;
        this.rules = rules;
        this.ledger = ledger;
        this.epoch = ledger.epoch();
        this.sorted = new long[host.nodeCount()];
        this.followers = new Progress[host.nodeCount()];
        KeyedRandom.Stream gaps = host.random("shipping").split(epoch);
        for (int i = 0; i < followers.length; i++) {
            followers[i] = new Progress(i, ledger.lastIndex() + 1, gaps.split(i), host.clockNanos());
        }
    }

    void begin() {
        barrier = ledger.append(Entry.barrier(epoch));
        syncing = true;
        ledger.sync(() -> {
            synced(barrier);
            tick();
        });
        if (!rules.syncBeforeAcknowledging()) {
            host.schedule(BACKGROUND_SYNC_NANOS, this::syncInBackground);
        }
    }

    /** Nobody knows what becomes of the writes that wait. */
    void end() {
        ended = true;
        heartbeat.cancel();
        for (Pending each : pending) {
            host.send(each.from(), new Unknown(each.id()));
        }
        pending.clear();
    }

    // writes

    void write(int from, WriteRequest write) {
        long index = ledger.append(Entry.write(epoch, write.key(), write.value()));
        pending.add(new Pending(index, from, write.id()));
        if (rules.syncBeforeAcknowledging()) {
            sync();
        } else {
            accepted();
        }
    }

    private void sync() {
        if (!syncing) {
            syncing = true;
            long upTo = ledger.lastIndex();
            ledger.sync(() -> synced(upTo));
        }
    }

    private void synced(long upTo) {
        syncing = false;
        if (ended) {
            return;
        }
        durable = Math.max(durable, upTo);
        if (rules.syncBeforeAcknowledging() && ledger.lastIndex() > durable) {
            sync();
        }
        accepted();
    }

    private void syncInBackground() {
        if (!ended) {
            sync();
            host.schedule(BACKGROUND_SYNC_NANOS, this::syncInBackground);
        }
    }

    /** This node has more of its log than before as far as commits are concerned. */
    private void accepted() {
        advance();
        for (Progress follower : followers) {
            considerShipping(follower);
        }
    }

    /** Up to where this node's own log counts for commits and may be shipped. */
    private long own() {
        return rules.syncBeforeAcknowledging() ? Math.min(durable, ledger.lastIndex()) : ledger.lastIndex();
    }

    // shipping

    private void tick() {
        if (ended) {
            return;
        }
        long now = host.clockNanos();
        for (Progress follower : followers) {
            if (follower.underWay && now - follower.sentNanos > RESEND_NANOS) {
                follower.underWay = false;
            }
            if (!follower.underWay) {
                ship(follower);
            }
        }
        if (!rules.waitsForSlowFollowers()) {
            advance();
        }
        renewLease();
        heartbeat = host.schedule(HEARTBEAT_NANOS, this::tick);
    }

    /** Ships after a while what a follower lacks: logs are shipped in batches. */
    private void considerShipping(Progress follower) {
        if (follower.address == host.address() || follower.underWay || follower.planned || follower.next > own()) {
            return;
        }
        follower.planned = true;
        long mostNanos = mostShippingGapNanos(follower);
        long gapNanos = follower.gaps.between(mostNanos / 8, mostNanos, follower.batches++);
        host.schedule(gapNanos, () -> {
            follower.planned = false;
            if (!ended && !follower.underWay) {
                ship(follower);
            }
        });
    }

    /**
     * All followers are waited for, or none, or the next one after the leader; while that one is silent, whichever
     * comes first.
     */
    private long mostShippingGapNanos(Progress follower) {
        return switch (rules.replication()) {
            case ASYNCHRONOUS -> BATCHED_SHIPPING_NANOS;
            case SYNCHRONOUS -> PROMPT_SHIPPING_NANOS;
            case SEMI_SYNCHRONOUS -> {
                Progress preferred = followers[(host.address() + 1) % followers.length];
                boolean silent = host.clockNanos() - preferred.heardNanos > RESEND_NANOS;
                yield follower == preferred || silent ? PROMPT_SHIPPING_NANOS : ASIDE_SHIPPING_NANOS;
            }
        };
    }

    private void ship(Progress follower) {
        if (follower.address == host.address()) {
            return;
        }
        long previous = Math.min(follower.next - 1, own());
        long now = host.clockNanos();
        follower.underWay = true;
        follower.sentNanos = now;
        host.send(
                follower.address,
                new Append(
                        epoch,
                        previous,
                        ledger.epochAt(previous),
                        ledger.batch(previous, own()),
                        ledger.committed(),
                        now));
    }

    void onAppendOk(int from, AppendOk ok) {
        Progress follower = heard(from, ok.sentNanos());
        follower.matched = Math.max(follower.matched, ok.matched());
        follower.next = follower.matched + 1;
        advance();
        considerShipping(follower);
    }

    void onAppendGap(int from, AppendGap gap) {
        Progress follower = heard(from, gap.sentNanos());
        if (!rules.fences()) {
            // another leader may have cut off what this follower had
            follower.matched = Math.min(follower.matched, gap.tryAfter());
        }
        follower.next = Math.max(follower.matched, gap.tryAfter()) + 1;
        ship(follower);
    }

    private Progress heard(int from, long sentNanos) {
        Progress follower = followers[from];
        follower.underWay = false;
        follower.heardNanos = host.clockNanos();
        follower.answeredNanos = Math.max(follower.answeredNanos, sentNanos);
        renewLease();
        return follower;
    }

    // commits and acknowledgments

    private void advance() {
        long held = heldBy(rules.commitQuorum(host.nodeCount()));
        if (held > ledger.committed() && ledger.epochAt(held) == epoch) {
            ledger.commit(held);
            ledger.apply(held);
        }
        if (pending.isEmpty()) {
            return;
        }
        long acknowledged = Math.min(ledger.applied(), heldBy(rules.acknowledgeQuorum(host.nodeCount())));
        for (Pending first = pending.peek(); first != null && first.index() <= acknowledged; first = pending.peek()) {
            pending.remove();
            host.send(first.from(), new Done(first.id(), Value.NIL, first.index()));
        }
    }

    /** Up to which index at least this many nodes hold the log, this one among them. */
    private long heldBy(int quorum) {
        if (quorum == 1) {
            return own();
        }
        long now = host.clockNanos();
        for (int i = 0; i < sorted.length; i++) {
            Progress follower = followers[i];
            boolean leftOut = !rules.waitsForSlowFollowers() && now - follower.heardNanos > SLOW_NANOS;
            sorted[i] = i == host.address() || leftOut ? own() : follower.matched;
        }
        Arrays.sort(sorted);
        // a follower may hold what this node has cut off since, where epochs are not compared
        return Math.min(own(), sorted[sorted.length - quorum]);
    }

    // the lease

    private void renewLease() {
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = i == host.address() ? host.clockNanos() : followers[i].answeredNanos;
        }
        Arrays.sort(sorted);
        leaseUntilNanos = sorted[sorted.length - rules.leaseQuorum(host.nodeCount())] + Replica.LEASE_NANOS;
    }

    boolean holdsLease() {
        return host.clockNanos() < leaseUntilNanos;
    }

    /** Whether what this node has applied is all that was acknowledged by anyone: it has a lease and its barrier is committed. */
    boolean mayRead() {
        return ledger.applied() >= barrier && (!rules.failover() || holdsLease());
    }

    /** A write that waits for its acknowledgment. */
    private record Pending(long index, int from, long id) {}

    /** How far one follower is, as the leader knows. */
    private static final class Progress {
        private final int address;
        private final KeyedRandom.Stream gaps;
        private long next;
        private long matched;
        private long batches;
        private boolean planned;
        private boolean underWay;
        private long sentNanos;
        private long answeredNanos = Long.MIN_VALUE / 2;
        private long heardNanos;

        Progress(int address, long next, KeyedRandom.Stream gaps, long nowNanos) {
            this.address = address;
            this.next = next;
            this.gaps = gaps;
            this.heardNanos = nowNanos;
        }
    }
}
