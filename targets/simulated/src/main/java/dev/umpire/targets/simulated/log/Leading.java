package dev.umpire.targets.simulated.log;

import dev.umpire.targets.simulated.log.Protocol.Chosen;
import dev.umpire.targets.simulated.log.Protocol.Diverged;
import dev.umpire.targets.simulated.log.Protocol.Fetch;
import dev.umpire.targets.simulated.log.Protocol.Fetched;
import dev.umpire.targets.simulated.log.Protocol.Send;
import dev.umpire.targets.simulated.log.Protocol.Sent;
import dev.umpire.targets.simulated.log.Protocol.Unknown;
import dev.umpire.targets.simulated.world.Host;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a node does while it leads one partition in one epoch: appends, serves the followers, knows who is in sync and how far
 * all of them are, and acknowledges.
 */
final class Leading {
    private static final long TICK_NANOS = 20_000_000;
    /** A follower that has not been at the end of the log for so long is out of sync. */
    private static final long LAG_NANOS = 100_000_000;
    /** The most records of one message. */
    private static final int BATCH = 256;

    private final Host host;
    private final Rules rules;
    private final PartitionReplica replica;
    private final PartitionLog log;
    private final int partition;
    private final long epoch;
    private final Follower[] followers;
    /** Those that a change under way, or of unknown outcome, may have put in sync. */
    private final TreeSet<Integer> perhapsInSync = new TreeSet<>();

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final @Nullable Group group;
    private final long begin;
    private long durable;
    private boolean syncing;
    private boolean ended;

    Leading(Host host, Rules rules, PartitionReplica replica, int partition) {
        this.host = host;
        this.rules = rules;
        this.replica = replica;
        this.log = replica.log();
        this.partition = partition;
        this.epoch = replica.state().epoch();
        this.begin = log.end();
        this.durable = log.end();
        this.followers = new Follower[host.nodeCount()];
        for (int i = 0; i < followers.length; i++) {
            followers[i] = new Follower(host.clockNanos());
        }
        this.group = partition == rules.groupPartition() ? new Group(host, rules, this, log) : null;
    }

    void begin() {
        tick();
    }

    /** Nobody knows what becomes of the requests that wait. */
    void end() {
        ended = true;
        for (Waiting each : waiting) {
            host.send(each.client(), new Unknown(each.id(), replica.leaderHint()));
        }
        waiting.clear();
    }

    /** The group, which this node looks after once everything is safe that it found in the log. */
    Optional<Group> group() {
        return replica.highWatermark() >= begin ? Optional.ofNullable(group) : Optional.empty();
    }

    // appending

    void onSend(int from, Send send) {
        Optional<PartitionLog.Place> last = rules.checksSequences() ? log.lastOf(send.producer()) : Optional.empty();
        if (last.isPresent() && send.sequence() <= last.get().sequence()) {
            if (send.sequence() == last.get().sequence()) {
                long offset = last.get().offset();
                acknowledge(offset, from, send.id(), () -> new Sent(send.id(), offset));
            }
            return; // older: its producer has had its answer long ago
        }
        long offset = append(new Entry(epoch, send.producer(), send.sequence(), send.key(), send.value()));
        acknowledge(offset, from, send.id(), () -> new Sent(send.id(), offset));
    }

    /** Appends a record of this epoch; returns its offset. */
    long append(Entry entry) {
        long offset = log.append(entry);
        sync();
        return offset;
    }

    long epoch() {
        return epoch;
    }

    /** Answers a client once the record at an offset is as safe as the setting {@code acks} wants. */
    private void acknowledge(long offset, int client, long id, Supplier<Protocol> answer) {
        if (rules.acks() == Rules.Acks.NONE) {
            return; // the client has had its answer
        }
        add(new Waiting(offset, rules.acks() == Rules.Acks.LEADER, client, id, answer));
    }

    /** Answers a client once all replicas in sync have the record at an offset. */
    void whenSafe(long offset, int client, long id, Supplier<Protocol> answer) {
        add(new Waiting(offset, false, client, id, answer));
    }

    private void add(Waiting waiter) {
        waiting.add(waiter);
        answerWaiting();
    }

    private void answerWaiting() {
        waiting.removeIf(waiter -> {
            boolean reached = waiter.offset() < (waiter.leaderAlone() ? durable : replica.highWatermark());
            if (reached) {
                host.send(waiter.client(), waiter.answer().get());
            }
            return reached;
        });
    }

    private void sync() {
        if (!syncing) {
            syncing = true;
            long upTo = log.end();
            host.disk().sync(() -> synced(upTo));
        }
    }

    private void synced(long upTo) {
        syncing = false;
        if (ended) {
            return;
        }
        durable = Math.max(durable, upTo);
        if (log.end() > durable) {
            sync();
        }
        for (int node = 0; node < followers.length; node++) {
            serve(node);
        }
        advance();
    }

    // followers

    void onFetch(int from, Fetch fetch) {
        Follower follower = followers[from];
        long now = host.clockNanos();
        if (fetch.from() > log.end() || log.epochBefore(fetch.from()) != fetch.lastEpoch()) {
            long end = log.endOfEpoch(fetch.lastEpoch());
            host.send(from, new Diverged(partition, epoch, fetch.number(), log.epochBefore(end), end));
            return;
        }
        if (fetch.from() >= durable) {
            follower.caughtUpNanos = now;
        } else if (fetch.from() >= follower.durableThen) {
            follower.caughtUpNanos = Math.max(follower.caughtUpNanos, follower.fetchedNanos);
        }
        follower.fetchedNanos = now;
        follower.durableThen = durable;
        follower.matched = Math.max(follower.matched, fetch.from());
        if (follower.waits == null || follower.waits.number() < fetch.number()) {
            follower.waits = fetch;
        }
        advance();
        serve(from);
        considerAdding(from);
    }

    /** Answers a follower's fetch if there is something for it. */
    private void serve(int node) {
        Fetch fetch = followers[node].waits;
        if (fetch != null && (fetch.from() < durable)) {
            answer(node, fetch);
        }
    }

    private void answer(int node, Fetch fetch) {
        followers[node].waits = null;
        long end = Math.min(durable, fetch.from() + BATCH);
        List<Entry> entries = fetch.from() < end ? log.copy(fetch.from(), end) : List.of();
        host.send(node, new Fetched(partition, epoch, fetch.number(), fetch.from(), entries, replica.highWatermark()));
    }

    private void tick() {
        if (ended) {
            return;
        }
        long now = host.clockNanos();
        for (int node = 0; node < followers.length; node++) {
            if (node == host.address()) {
                continue;
            }
            Fetch fetch = followers[node].waits;
            if (fetch != null) {
                answer(node, fetch);
            } else if (now - followers[node].fetchedNanos > LAG_NANOS) {
                host.send(node, new Chosen(partition, replica.state()));
            }
            considerAdding(node);
        }
        considerRemoving(now);
        if (group != null) {
            group().ifPresent(Group::look);
        }
        host.schedule(TICK_NANOS, this::tick);
    }

    // who is in sync

    private void considerAdding(int node) {
        Follower follower = followers[node];
        boolean hasAll = follower.matched >= Math.max(replica.highWatermark(), begin);
        boolean keepsUp = host.clockNanos() - follower.caughtUpNanos < LAG_NANOS;
        if (replica.state().isInSync(node) || replica.register().isBusy() || !hasAll || !keepsUp) {
            return;
        }
        // whoever becomes the leader after this change may find the follower in sync before this node knows of it
        perhapsInSync.add(node);
        replica.change(state -> state.epoch() == epoch && !state.isInSync(node) ? state.with(node) : state);
    }

    private void considerRemoving(long now) {
        if (replica.register().isBusy()) {
            return;
        }
        List<Integer> lagging = new ArrayList<>();
        for (int node : replica.state().inSync()) {
            if (node != host.address() && now - followers[node].caughtUpNanos > LAG_NANOS) {
                lagging.add(node);
            }
        }
        if (lagging.isEmpty() && perhapsInSync.isEmpty()) {
            return;
        }
        // where nobody may be removed this still tells whether there is another leader
        int least = rules.leastInSync(host.nodeCount());
        replica.change(state -> {
            boolean removes = !lagging.isEmpty()
                    && state.epoch() == epoch
                    && state.inSync().size() > least;
            return removes && state.isInSync(lagging.get(0)) ? state.without(lagging.get(0)) : state;
        });
    }

    /** A change of this node's has come to its end: nothing of an older one is open any more. */
    void settled() {
        perhapsInSync.clear();
        advance();
    }

    /** Moves the high watermark to where all that are in sync, or may be, hold the log. */
    private void advance() {
        List<Integer> inSync = replica.state().inSync();
        if (inSync.size() >= rules.leastInSync(host.nodeCount())) {
            long held = durable;
            for (int node = 0; node < followers.length; node++) {
                if (node != host.address() && (inSync.contains(node) || perhapsInSync.contains(node))) {
                    held = Math.min(held, followers[node].matched);
                }
            }
            replica.moveHighWatermark(held);
        }
        answerWaiting();
    }

    /**
     * A request that waits for its answer.
     *
     * @param leaderAlone whether this node's disk is enough
     */
    private record Waiting(long offset, boolean leaderAlone, int client, long id, Supplier<Protocol> answer) {}

    /** How far one follower is, as the leader knows. */
    private static final class Follower {
        private long matched = -1;
        private long caughtUpNanos;
        private long fetchedNanos;
        private long durableThen;
        private @Nullable Fetch waits;

        Follower(long nowNanos) {
            this.caughtUpNanos = nowNanos;
            this.fetchedNanos = nowNanos;
        }
    }
}
