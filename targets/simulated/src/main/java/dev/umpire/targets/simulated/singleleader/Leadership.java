package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.singleleader.Protocol.Append;
import dev.umpire.targets.simulated.singleleader.Protocol.AppendGap;
import dev.umpire.targets.simulated.singleleader.Protocol.AppendOk;
import dev.umpire.targets.simulated.singleleader.Protocol.Done;
import dev.umpire.targets.simulated.singleleader.Protocol.Failed;
import dev.umpire.targets.simulated.singleleader.Protocol.Snapshot;
import dev.umpire.targets.simulated.singleleader.Protocol.Unknown;
import dev.umpire.targets.simulated.singleleader.Protocol.WriteRequest;
import dev.umpire.targets.simulated.world.Cell;
import dev.umpire.targets.simulated.world.Host;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    /** A statement's condition does not hold once in this many times; only SL7 has such statements. */
    static final int SELDOM = 8;
    /** How many entries a snapshot may be old at most. */
    private static final long SNAPSHOT_ENTRIES = 40;
    /** The key under which the log counts the ids that were given. */
    private static final Value IDS = Value.of("ids");
    /** How long the log stays unsynced where it is synced in the background. */
    private static final long BACKGROUND_SYNC_NANOS = 50_000_000;

    private final Host host;
    private final Rules rules;
    private final Ledger ledger;
    private final long epoch;
    private final Progress[] followers;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final long[] sorted;
    /** The addresses of those that count. */
    private int[] members;

    private final KeyedRandom.Stream conditions;
    private final Cell<Long> ownIds;
    private Map<Value, Value> latest = Map.of();
    private @Nullable Snapshot snapshot;
    private Environment.Timer heartbeat = () -> {};
    private long barrier;
    private long durable;
    private boolean syncing;
    private long leaseUntilNanos;
    private boolean ended;
    private long conditionsDrawn;

    Leadership(Host host, Rules rules, Ledger ledger) {
        this.host = host;
        this.rules = rules;
        this.ledger = ledger;
        this.epoch = ledger.epoch();
        this.sorted = new long[host.nodeCount()];
        this.members = addresses(ledger.members());
        this.followers = new Progress[host.nodeCount()];
        this.conditions = host.random("condition").split(epoch);
        this.ownIds = host.disk().cell("own ids", 0L);
        KeyedRandom.Stream gaps = host.random("shipping").split(epoch);
        for (int i = 0; i < followers.length; i++) {
            followers[i] = new Progress(i, ledger.lastIndex() + 1, gaps.split(i), host.clockNanos());
        }
    }

    private static int[] addresses(Members members) {
        return members.addresses().stream().mapToInt(address -> address).toArray();
    }

    void begin() {
        latest = ledger.latest();
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

    // members

    /**
     * Makes a node a member, or none, from an entry of the log on, where that is possible now: one change after the other, none
     * before an entry of this epoch is committed (Ongaro, 2015, on changes of one server at a time), and none of this node.
     */
    void change(int address, boolean member) {
        Members now = ledger.members();
        if (ledger.applied() < barrier
                || !ledger.membersAgreed()
                || address == host.address()
                || now.has(address) == member) {
            return;
        }
        host.log(member ? "lets n" + (address + 1) + " join" : "goes on without n" + (address + 1));
        ledger.append(Entry.members(epoch, now.changed(address, member)));
        members = addresses(ledger.members());
        if (member) {
            followers[address] = followers[address].anew(ledger.lastIndex(), host.clockNanos());
        }
        changed();
    }

    // writes

    void write(int from, WriteRequest write) {
        Value now = latest.getOrDefault(write.key(), Value.NIL);
        Optional<String> refusal = refusal(write, now);
        if (refusal.isPresent()) {
            host.send(from, new Failed(write.id(), refusal.get()));
            return;
        }
        Entry entry = entry(write);
        long index = ledger.append(rules.log().logged(entry, latest));
        entry.show(latest);
        boolean given = write.function().equals(Request.GENERATE);
        pending.add(new Pending(index, from, write.id(), given ? entry.argument() : Value.NIL));
        changed();
    }

    /** The log is longer than before. */
    private void changed() {
        if (rules.syncBeforeAcknowledging()) {
            sync();
        } else {
            accepted();
        }
    }

    /** Why a request has no effect, if it has none. */
    private Optional<String> refusal(WriteRequest write, Value now) {
        if (write.function().equals(Request.CLAIM) && !now.equals(Value.NIL)) {
            return Optional.of("somebody has it");
        }
        if (write.function().equals(Request.CAS) && !swap(write).get(0).equals(now)) {
            return Optional.of("another value");
        }
        if (rules.hasConditions() && conditions.below(SELDOM, conditionsDrawn++) == 0) {
            return Optional.of("the statement's condition did not hold");
        }
        return Optional.empty();
    }

    private static List<Value> swap(WriteRequest write) {
        return ((Value.Sequence) write.argument()).elements();
    }

    private Entry entry(WriteRequest write) {
        return switch (write.function()) {
            case Request.CAS ->
                new Entry(epoch, Request.WRITE, write.key(), swap(write).get(1));
            case Request.CLAIM -> new Entry(epoch, Request.WRITE, write.key(), Value.of(true));
            case Request.GENERATE -> new Entry(epoch, Request.WRITE, IDS, Value.of(nextId()));
            default -> new Entry(epoch, write.function(), write.key(), write.argument());
        };
    }

    private long nextId() {
        if (rules.countsIdsInLog()) {
            return Entry.number(latest.getOrDefault(IDS, Value.NIL)) + 1;
        }
        ownIds.set(ownIds.get() + 1);
        return ownIds.get();
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
        for (int member : members) {
            considerShipping(followers[member]);
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
        for (int member : members) {
            Progress follower = followers[member];
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
        // a node that joined anew has nothing of what its predecessor had
        if (follower.address == host.address() || followers[follower.address] != follower) {
            return;
        }
        long previous = Math.min(follower.next - 1, own());
        long now = host.clockNanos();
        follower.underWay = true;
        follower.sentNanos = now;
        if (needsSnapshot(previous)) {
            host.send(follower.address, snapshot(now));
            return;
        }
        host.send(
                follower.address,
                new Append(
                        epoch,
                        previous,
                        ledger.epochAt(previous),
                        ledger.batch(previous, own()),
                        ledger.committed(),
                        now,
                        follower.stampNanos));
    }

    private boolean needsSnapshot(long previous) {
        return previous < ledger.baseIndex()
                || (rules.snapshotAfter() > 0 && ledger.applied() - previous > rules.snapshotAfter());
    }

    /** Who has installed a snapshot lacks no more than what is sent as entries, or would be sent the same for ever. */
    private long mostSnapshotAge() {
        return rules.snapshotAfter() > 0 ? Math.min(SNAPSHOT_ENTRIES, rules.snapshotAfter()) : SNAPSHOT_ENTRIES;
    }

    /** A snapshot of what is applied, or one that was taken a little earlier. */
    private Snapshot snapshot(long nowNanos) {
        Snapshot taken = snapshot;
        if (taken == null
                || ledger.applied() - taken.index() > mostSnapshotAge()
                || taken.index() < ledger.baseIndex()) {
            taken = new Snapshot(
                    epoch,
                    ledger.applied(),
                    ledger.epochAt(ledger.applied()),
                    ledger.registers(),
                    ledger.membersAt(ledger.applied()),
                    nowNanos);
            snapshot = taken;
        }
        long index = rules.labelsSnapshots() ? taken.index() : ledger.applied();
        return new Snapshot(epoch, index, ledger.epochAt(index), taken.registers(), ledger.membersAt(index), nowNanos);
    }

    void onAppendOk(int from, AppendOk ok) {
        Progress follower = heard(from, ok.sentNanos());
        follower.stampNanos = Math.max(follower.stampNanos, ok.nowNanos());
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
        long held = heldBy(rules.commitQuorum(members.length));
        if (held > ledger.committed() && ledger.epochAt(held) == epoch) {
            ledger.commit(held);
            ledger.apply(held);
        }
        if (pending.isEmpty()) {
            return;
        }
        long acknowledged = Math.min(ledger.applied(), heldBy(rules.acknowledgeQuorum(members.length)));
        for (Pending first = pending.peek(); first != null && first.index() <= acknowledged; first = pending.peek()) {
            pending.remove();
            host.send(first.from(), new Done(first.id(), first.result(), first.index()));
        }
    }

    /** Up to which index at least this many nodes hold the log, this one among them. */
    private long heldBy(int quorum) {
        if (quorum == 1) {
            return own();
        }
        long now = host.clockNanos();
        for (int i = 0; i < members.length; i++) {
            Progress follower = followers[members[i]];
            sorted[i] = members[i] == host.address() || isLeftOut(follower, now) ? own() : follower.matched;
        }
        Arrays.sort(sorted, 0, members.length);
        // a follower may hold what this node has cut off since, where epochs are not compared
        return Math.min(own(), sorted[members.length - quorum]);
    }

    /** Whether a write is acknowledged without a follower, as it was not heard of for too long (SL6). */
    private boolean isLeftOut(Progress follower, long now) {
        boolean leftOut = !rules.waitsForSlowFollowers() && now - follower.heardNanos > SLOW_NANOS;
        if (leftOut != follower.leftOut) {
            follower.leftOut = leftOut;
            host.trace(() -> (leftOut ? "waits no more for slow n" : "waits again for n") + (follower.address + 1));
        }
        return leftOut;
    }

    // the lease

    private void renewLease() {
        for (int i = 0; i < members.length; i++) {
            sorted[i] = members[i] == host.address() ? host.clockNanos() : followers[members[i]].answeredNanos;
        }
        Arrays.sort(sorted, 0, members.length);
        leaseUntilNanos = sorted[members.length - rules.leaseQuorum(members.length)] + Replica.LEASE_NANOS;
    }

    boolean holdsLease() {
        return host.clockNanos() < leaseUntilNanos;
    }

    /** Whether what this node has applied is all that was acknowledged by anyone: it has a lease and its barrier is committed. */
    boolean mayRead() {
        return ledger.applied() >= barrier && (!rules.failover() || !rules.obeysLease() || holdsLease());
    }

    /** A write that waits for its acknowledgment. */
    private record Pending(long index, int from, long id, Value result) {}

    /** How far one follower is, as the leader knows. */
    private static final class Progress {
        private final int address;
        private final KeyedRandom.Stream gaps;
        private long next;
        private long matched;
        private long batches;
        private boolean planned;
        private boolean underWay;
        private boolean leftOut;
        private long sentNanos;
        private long answeredNanos = Long.MIN_VALUE / 2;
        private long heardNanos;
        private long stampNanos = Long.MIN_VALUE / 2;

        Progress(int address, long next, KeyedRandom.Stream gaps, long nowNanos) {
            this.address = address;
            this.next = next;
            this.gaps = gaps;
            this.heardNanos = nowNanos;
        }

        /** Of a machine that joins in the place of this one. */
        Progress anew(long lastIndex, long nowNanos) {
            Progress fresh = new Progress(address, lastIndex, gaps, nowNanos);
            fresh.batches = batches;
            return fresh;
        }
    }
}
